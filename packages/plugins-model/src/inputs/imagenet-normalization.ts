import type { Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { IMAGENET_MEAN, IMAGENET_STD } from "../encoders/imagenet.js";
import { fixedTensor } from "../layers/fixed-tensor.js";

/** Brings 8-bit RGB to what encoders pretrained on ImageNet-1k expect: (x / 255 − mean) / standard deviation. */
export class ImageNetNormalization {
  readonly #tf: Tf;
  readonly #scale: tfc.Variable;
  readonly #shift: tfc.Variable;

  constructor(tf: Tf) {
    this.#tf = tf;
    const shape = [1, 1, 1, 3];
    this.#scale = fixedTensor(
      tf,
      IMAGENET_STD.map((deviation) => 1 / (255 * deviation)),
      shape,
    );
    this.#shift = fixedTensor(
      tf,
      IMAGENET_MEAN.map((mean, channel) => mean / IMAGENET_STD[channel]),
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
