import { EosinError, type JsonValue, type Logger } from "@eosin/plugin-api";
import type { Normalizer, RgbImage } from "@eosin/plugin-api/imaging";
import { z } from "zod";
import { isUnsuitable, turnedBlack, type Unsuitable, unsuitablePolicy } from "../separation/unsuitable.js";
import type { UnsuitableChoice } from "../separation/unsuitable-option.js";
import { medianPatch } from "./median-patch.js";
import { readTargetImage } from "./read-image.js";

/** A way to make one image look like another. */
export interface NormalizationMethod<Target extends object> {
  readonly type: string;
  /** Of what `measure` returns; it travels as plain JSON. */
  readonly target: z.ZodType<Target>;
  measure(image: RgbImage): Target | Unsuitable;
  normalize(image: RgbImage, target: Target): RgbImage | Unsuitable;
}

export interface TargetedOptions {
  /** The file of the target image; without it, `fit` chooses from the training part. */
  readonly file?: string;
  readonly state?: JsonValue;
  readonly unsuitable: UnsuitableChoice;
  readonly log: Logger;
}

/**
 * A normalizer towards the image of a file, or towards the training patch nearest the LAB median.
 * @throws EosinError `TARGET_UNREADABLE`, `TARGET_UNSUITABLE`.
 */
export async function targetedNormalizer<Target extends object>(
  method: NormalizationMethod<Target>,
  { file, state, unsuitable, log }: TargetedOptions,
): Promise<Normalizer> {
  const policy = unsuitablePolicy(method.type, { unsuitable, log });
  const apply = (image: RgbImage, name: string, target: Target) => {
    const made = method.normalize(image, target);
    const normalized = isUnsuitable(made) ? made : (turnedBlack(image.data, made.data) ?? made);
    if (!isUnsuitable(normalized)) return normalized;
    policy.leave(name, normalized);
    return image;
  };
  if (file !== undefined) {
    const target = measureFile(method, file, await readTargetImage(file));
    return { normalize: (image, name) => apply(image, name, target) };
  }
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

function measureFile<Target extends object>(
  method: NormalizationMethod<Target>,
  file: string,
  image: RgbImage,
): Target {
  const measured = method.measure(image);
  if (!isUnsuitable(measured)) return measured;
  throw new EosinError({
    code: "TARGET_UNSUITABLE",
    message: `The target image is of no use to ${method.type}.`,
    place: file,
    expected: "an H&E patch with tissue and both stains",
    found: measured.unsuitable,
    next: "Name another file in `target`, or leave it out to take the training patch nearest the median.",
  });
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
