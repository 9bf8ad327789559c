import { z } from "zod";
import { type Augmenter, defineAugmenter, type Sample } from "../imaging/index.js";
import { noOptions } from "../step.js";

export const options = z.strictObject({ spread: z.number().min(0).max(1).default(0.1) });

export function augmenter(apply: Augmenter["apply"], schema: z.ZodObject = options) {
  return defineAugmenter({ type: "toy/augmenter", summary: "A toy.", options: schema, create: () => ({ apply }) });
}

export const withImage = (sample: Sample, data: Uint8Array): Sample => ({
  ...sample,
  image: { ...sample.image, data },
});

export const clamp = (value: number) => Math.max(0, Math.min(255, Math.round(value)));

/** Flips left to right. */
export function flipped<Data extends Uint8Array | Float32Array>(data: Data, width: number, channels: number): Data {
  return data.map((_, i) => {
    const [pixel, channel] = [Math.floor(i / channels), i % channels];
    const x = pixel % width;
    return data[(pixel - x + (width - 1 - x)) * channels + channel];
  }) as Data;
}

export const flippedImage = (sample: Sample) => withImage(sample, flipped(sample.image.data, sample.image.width, 3));

/** Gives densities of so many stains. */
export function inking(promised: Partial<Augmenter>, stains: number) {
  const apply: Augmenter["apply"] = (sample) => {
    const { width, height, data } = sample.image;
    const dark = Float32Array.from(
      { length: stains * width * height },
      (_, i) => 1 - data[3 * Math.floor(i / stains)] / 255,
    );
    return { ...sample, density: { width, height, stains, data: dark } };
  };
  return defineAugmenter({
    type: "toy/inks",
    summary: "A toy.",
    options: noOptions,
    create: () => ({ ...promised, apply }),
  });
}
