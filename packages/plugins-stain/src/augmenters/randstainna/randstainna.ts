import { type ComponentContext, EosinError, type JsonValue, type Rng } from "@eosin/plugin-api";
import type { Augmenter } from "@eosin/plugin-api/imaging";
import type { z } from "@eosin/plugin-api/zod";
import {
  isUnsuitable,
  tooLittleTissue,
  turnedBlack,
  type Unsuitable,
  unsuitablePolicy,
} from "../../estimation/unsuitable.js";
import type { ChannelStatistics, Triple } from "../../statistics/channel-statistics.js";
import { LEAST_STD } from "../../statistics/channel-transfer.js";
import type { ConvertedPicture } from "../../statistics-space/converted-picture.js";
import { colourSpaces } from "./colour-space.js";
import type { randStainNAOptions } from "./options.js";
import { type ColourTemplate, templateOf, templateSchema } from "./template.js";

type Options = z.output<typeof randStainNAOptions>;

/**
 * RandStainNA (Shen et al., MICCAI 2022): draws a mean and a deviation for each channel about those of the training
 * part and moves the picture to them. Patches almost without tissue pass through. Density targets stay as they are:
 * they tell how much stain there is, not how a scanner shows it.
 */
export function createRandStainNA({ options, state, log }: ComponentContext<Options>): Augmenter {
  const convert = colourSpaces[options.colourSpace];
  const template = options.template ?? (state === undefined ? undefined : templateSchema.parse(state));
  const policy = unsuitablePolicy("stain/randstainna", { unsuitable: options.unsuitable, log });
  const augmenter: Augmenter = {
    apply(sample, rng) {
      if (template === undefined) throw notFitted();
      if (!rng.chance(options.p)) return sample;
      const picture = convert(sample.image);
      const drawn = drawTarget(template, options, rng);
      const image = flawOf(picture) ?? picture.move(drawn);
      const made = isUnsuitable(image) ? image : (turnedBlack(sample.image.data, image.data) ?? image);
      if (isUnsuitable(made)) {
        policy.leave(sample.id, made);
        return sample;
      }
      return { ...sample, image: made };
    },
  };
  if (options.template !== undefined) return augmenter;
  augmenter.fit = async (samples) => {
    const images: ChannelStatistics[] = [];
    for await (const { image } of samples) {
      const picture = convert(image);
      if (!flawOf(picture)) images.push(picture.statistics);
    }
    if (images.length === 0) throw nothingToFit();
    return templateSchema.parse(templateOf(images)) as unknown as JsonValue;
  };
  return augmenter;
}

function flawOf({ tissue, statistics }: ConvertedPicture): Unsuitable | undefined {
  return (
    tooLittleTissue(tissue) ??
    (Math.max(...statistics.std) < LEAST_STD ? { unsuitable: "it has one colour only" } : undefined)
  );
}

/** A drawn deviation below 0 counts as 0: a negative one would invert the contrast. */
export function drawTarget(
  template: ColourTemplate,
  options: Pick<Options, "distribution" | "stdHyper">,
  rng: Rng,
): ChannelStatistics {
  const mean: Triple = [0, 0, 0];
  const std: Triple = [0, 0, 0];
  const spread = 1 + options.stdHyper;
  for (let c = 0; c < 3; c++) {
    mean[c] = draw(options.distribution, template.average.mean[c], template.average.std[c] * spread, rng);
    std[c] = Math.max(
      0,
      draw(options.distribution, template.deviation.mean[c], template.deviation.std[c] * spread, rng),
    );
  }
  return { mean, std };
}

function draw(distribution: Options["distribution"], mean: number, std: number, rng: Rng): number {
  switch (distribution) {
    case "normal":
      return rng.normal(mean, std);
    case "laplace":
      return rng.laplace(mean, std);
    case "laplace-matched":
      return rng.laplace(mean, std / Math.SQRT2);
    case "uniform":
      return rng.between(mean - 3 * std, mean + 3 * std);
  }
}

function notFitted(): EosinError {
  return new EosinError({
    code: "NOT_FITTED",
    message: "stain/randstainna was used before its template was learned.",
    expected: "the state that `fit` returned, or the option `template`",
    found: "neither",
    next: "Call `fit` with the training part and pass what it returns to `create`.",
  });
}

function nothingToFit(): EosinError {
  return new EosinError({
    code: "TEMPLATE_EMPTY",
    message: "stain/randstainna found no patch to learn its template from.",
    expected: "training patches with at least 5 % tissue",
    found: "none",
    next: "Look at the training images, or give the option `template`.",
  });
}
