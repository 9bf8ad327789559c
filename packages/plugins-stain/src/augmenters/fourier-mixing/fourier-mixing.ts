import { type ComponentContext, EosinError, type JsonValue } from "@eosin/plugin-api";
import type { Augmenter, RgbImage } from "@eosin/plugin-api/imaging";
import type { z } from "@eosin/plugin-api/zod";
import { ordinaryTissue, tissueShare } from "../../estimation/tissue.js";
import { tooLittleTissue, type Unsuitable, unsuitablePolicy } from "../../estimation/unsuitable.js";
import { amplitudesOf, bankSchema, learnBank } from "./amplitude-bank.js";
import { addFrequencies, fitsKernels, type LowFrequencies, lowFrequencies } from "./low-frequencies.js";
import type { fourierMixingOptions } from "./options.js";

/**
 * Amplitudes of low frequencies (how a scanner shows colours, and how evenly it is lit) come in part from another
 * training patch, phases (what is where) stay: Yang and Soatto, FDA, CVPR 2020, with amplitudes mixed as Xu et al. (2021)
 * do. Only these frequencies are computed, so that pictures may be of any size. Density targets stay.
 */
export function createFourierMixing({
  options,
  state,
  log,
}: ComponentContext<z.output<typeof fourierMixingOptions>>): Augmenter {
  const { p, cycles, share, bank: size, unsuitable } = options;
  const bank = state === undefined ? undefined : bankSchema.parse(state);
  const policy = unsuitablePolicy("stain/fourier-mixing", { unsuitable, log });
  return {
    async fit(samples) {
      const amplitudes = await learnBank(samples, size, ({ image }) =>
        flawOf(image) ? undefined : amplitudesOf(lowFrequencies(image, cycles)),
      );
      if (amplitudes.length === 0) throw nothingToFit();
      const learned: JsonValue = { cycles, amplitudes: amplitudes.map((each) => [...each]) };
      return learned;
    },
    apply(sample, rng) {
      if (bank === undefined) throw notFitted();
      if (!rng.chance(p)) return sample;
      const drawn = bank.amplitudes[rng.integer(bank.amplitudes.length)];
      const part = rng.between(...share);
      const flaw = flawOf(sample.image);
      if (flaw) {
        policy.leave(sample.id, flaw);
        return sample;
      }
      return { ...sample, image: mixAmplitudes(sample.image, drawn, part, bank.cycles) };
    },
  };
}

/** @param amplitudes Of the other picture, by `frequencyIndex`. @param part Their share, 0…1. */
export function mixAmplitudes(image: RgbImage, amplitudes: readonly number[], part: number, cycles: number): RgbImage {
  return addFrequencies(image, changeOf(lowFrequencies(image, cycles), amplitudes, part));
}

/** What is to be added to each frequency: of its own phase, or of none where it has no amplitude. */
function changeOf(
  { cycles, real, imaginary }: LowFrequencies,
  amplitudes: readonly number[],
  part: number,
): LowFrequencies {
  const change = { cycles, real: real.slice(), imaginary: imaginary.slice() };
  for (let i = 0; i < real.length; i++) {
    const own = Math.hypot(real[i], imaginary[i]);
    const added = part * (amplitudes[i] - own);
    change.real[i] = own > 0 ? (real[i] / own) * added : 0;
    change.imaginary[i] = own > 0 ? (imaginary[i] / own) * added : 0;
  }
  return change;
}

function flawOf(image: RgbImage): Unsuitable | undefined {
  if (!fitsKernels(image)) return { unsuitable: "its rows are too long" };
  return tooLittleTissue(tissueShare(image.data, ordinaryTissue));
}

function notFitted(): EosinError {
  return new EosinError({
    code: "NOT_FITTED",
    message: "stain/fourier-mixing was used before its bank of amplitudes was learned.",
    expected: "the state that `fit` returned",
    found: "none",
    next: "Call `fit` with the training part and pass what it returns to `create`.",
  });
}

function nothingToFit(): EosinError {
  return new EosinError({
    code: "BANK_EMPTY",
    message: "stain/fourier-mixing found no patch to learn amplitudes from.",
    expected: "training patches with at least 5 % tissue",
    found: "none",
    next: "Look at the training images.",
  });
}
