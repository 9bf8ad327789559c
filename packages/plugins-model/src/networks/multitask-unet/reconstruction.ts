import type { ChannelNormalization, Engine } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { fixedTensor } from "../../layers/fixed-tensor.js";

/** What the product of vectors and densities stands for. */
export interface Reconstruction {
  /** The product is clipped to ± this, with the gradient of a clip. */
  readonly bound: number;
  /** What the product should be, where that is not the network's input itself. @param image Normalised. */
  target?(image: tfc.Tensor4D): tfc.Tensor4D;
  dispose(): void;
}

/** @param normalization What the network's input went through. */
export function reconstructionOf(
  engine: Engine,
  what: "rgb" | "od",
  normalization: ChannelNormalization,
): Reconstruction {
  return what === "rgb" ? normalizedRgb : opticalDensity(engine, normalization);
}

/** The network's input; the paper's code clips to ±1 though the input reaches ±2.6. */
const normalizedRgb: Reconstruction = { bound: 1, dispose() {} };

/**
 * Optical density −ln((I + 1) / 256) of the 8-bit intensity I (Beer–Lambert): 0 for white, about 0.1…2 in stained tissue,
 * 5.55 for black. It is not scaled down to ±1, so that its error weighs about as much as that of RGB; the bound is the
 * density of black, which no pixel exceeds.
 */
function opticalDensity({ tf }: Engine, { mean, deviation: spread }: ChannelNormalization): Reconstruction {
  const deviation = fixedTensor(
    tf,
    spread.map((value) => (value * 255) / 256),
    [3],
  );
  const offset = fixedTensor(
    tf,
    mean.map((value) => (value * 255 + 1) / 256),
    [3],
  );
  return {
    bound: Math.log(256),
    target: (image) => tf.neg(tf.log(tf.add(tf.mul(image, deviation), offset))),
    dispose() {
      deviation.dispose();
      offset.dispose();
    },
  };
}
