import { type ChannelNormalization, imagenetNormalization, type Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { fixedTensor } from "../layers/fixed-tensor.js";

/** Brings 8-bit RGB to what a network expects: (x / 255 − mean) / standard deviation. */
export class InputNormalization {
  readonly #tf: Tf;
  readonly #scale: tfc.Variable;
  readonly #shift: tfc.Variable;

  /** @param normalization Of the network; without one that of ImageNet. */
  constructor(tf: Tf, { mean, deviation }: ChannelNormalization = imagenetNormalization) {
    this.#tf = tf;
    const shape = [1, 1, 1, 3];
    this.#scale = fixedTensor(
      tf,
      deviation.map((each) => 1 / (255 * each)),
      shape,
    );
    this.#shift = fixedTensor(
      tf,
      mean.map((each, channel) => each / deviation[channel]),
      shape,
    );
  }

  /** @param rgb (b,h,w,3), 0…255 */
  apply(rgb: tfc.Tensor4D): tfc.Tensor4D {
    return this.#tf.sub(this.#tf.mul(rgb, this.#scale), this.#shift);
  }

  dispose(): void {
    this.#scale.dispose();
    this.#shift.dispose();
  }
}
