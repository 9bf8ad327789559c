import { EosinError } from "@eosin/plugin-api";
import type { EncoderFactory, EncoderTraits } from "@eosin/plugin-api/learning";

/** Of an encoder's deepest feature: what the image's sides must be multiples of. */
export function strideOf({ strides }: EncoderTraits): number {
  return strides[strides.length - 1];
}

/**
 * Refuses an encoder whose features an architecture cannot use.
 * @param expected Of the strides, e.g. `four features, each of half the size of the one before it`.
 * @throws EosinError `DECODER_MISMATCH`
 */
export function requireStrides(
  { title, traits }: EncoderFactory,
  expected: string,
  fits: (strides: readonly number[]) => boolean,
): void {
  if (fits(traits.strides)) return;
  throw new EosinError({
    code: "DECODER_MISMATCH",
    message: `The decoder does not fit the encoder ${title}.`,
    place: "option encoder",
    expected,
    found: `features at the strides ${traits.strides.join(", ")}`,
    next: "Choose another encoder, or the network model/unet, which takes any.",
  });
}

/** Whether each is twice the one before it. */
export function areHalvings(strides: readonly number[]): boolean {
  return strides.every((stride, index) => index === 0 || stride === 2 * strides[index - 1]);
}
