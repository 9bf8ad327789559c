import { type ComponentContext, EosinError, type JsonValue } from "@eosin/plugin-api";
import type { Normalizer, RgbImage } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { isUnsuitable, turnedBlack, unsuitablePolicy } from "../../estimation/unsuitable.js";
import { givenTarget } from "./given-target.js";
import { medianPatch } from "./median-patch.js";
import type { NormalizationMethod } from "./normalization-method.js";
import type { TargetedOptions } from "./targeted-options.js";

/**
 * A normalizer towards the target of a file or of given figures, or towards the training patch nearest the LAB median.
 * @throws EosinError `TARGET_UNREADABLE`, `TARGET_UNSUITABLE`, `TARGET_TWICE`.
 */
export async function createTargetedNormalizer<Target extends object>(
  method: NormalizationMethod<Target>,
  { options, state, log }: Pick<ComponentContext<TargetedOptions>, "options" | "state" | "log">,
): Promise<Normalizer> {
  const policy = unsuitablePolicy(method.type, { unsuitable: options.unsuitable, log });
  const apply = (image: RgbImage, name: string, target: Target) => {
    const made = method.normalize(image, target);
    const normalized = isUnsuitable(made) ? made : (turnedBlack(image.data, made.data) ?? made);
    if (!isUnsuitable(normalized)) return normalized;
    policy.leave(name, normalized);
    return image;
  };
  const given = await givenTarget(method, options);
  if (given) return { normalize: (image, name) => apply(image, name, given) };
  const fitted = state === undefined ? undefined : stateOf(method.target).parse(state).target;
  return {
    async fit(samples) {
      const chosen = await medianPatch(samples, (sample) => {
        const measured = method.measure(sample.image);
        return isUnsuitable(measured) ? undefined : measured;
      });
      if (!chosen) throw noTarget(method.type);
      return stateOf(method.target).parse({ patch: chosen.id, target: chosen.kept }) as JsonValue;
    },
    normalize(image, name) {
      if (fitted === undefined) throw notFitted(method.type);
      return apply(image, name, fitted);
    },
  };
}

function stateOf<Target extends object>(target: z.ZodType<Target>) {
  return z.object({ patch: z.string(), target });
}

function noTarget(type: string): EosinError {
  return new EosinError({
    code: "TARGET_UNSUITABLE",
    message: `No patch of the training part can be the target of ${type}.`,
    expected: "at least one H&E patch with tissue and both stains",
    found: "none",
    next: "Name a picture in `target`, or look at the training images.",
  });
}

function notFitted(type: string): EosinError {
  return new EosinError({
    code: "NOT_FITTED",
    message: `${type} was used before its target was chosen.`,
    expected: "the state that `fit` returned, or a file in `target`",
    found: "neither",
    next: "Call `fit` with the training part and pass what it returns to `create`.",
  });
}
