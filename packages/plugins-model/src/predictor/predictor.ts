import type { ChannelNormalization, Engine, EvaluationStep, Network, TensorRecord } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { InputNormalization } from "../inputs/input-normalization.js";
import { evaluationContext } from "../inputs/random-feeds.js";
import { type ImageStack, rotatedStack, rotateInto } from "./rotate.js";
import { RotationMean } from "./rotation-mean.js";

/** What a network says of a stack of images, averaged over rotations. */
export interface StackPrediction {
  /** (count, height, width) */
  readonly logits: Float32Array;
  /** (count, height, width, stains), where the network separates stains */
  readonly density?: Float32Array;
  readonly stains: number;
}

/** A network that predicts 8-bit images with rotations as test-time augmentation. Owns the network. */
export class Predictor {
  readonly #network: Network;
  readonly #normalization: InputNormalization;
  readonly #step: EvaluationStep;
  readonly #turns: readonly number[];

  /**
   * @param rotations Degrees, multiples of 90.
   * @param normalization That the weights were trained with.
   */
  constructor(
    engine: Engine,
    network: Network,
    rotations: readonly number[],
    normalization: ChannelNormalization | undefined = network.normalization,
  ) {
    this.#network = network;
    this.#normalization = new InputNormalization(engine.tf, normalization);
    this.#turns = rotations.map((degrees) => degrees / 90);
    this.#step = engine.evaluationStep((batch) => predictionOutputs(network, this.#normalization, batch));
  }

  /** @param images (count, height, width, 3), 0…255; height and width multiples of the network's stride. */
  async predict(images: Uint8Array, { count, height, width }: Omit<ImageStack, "channels">): Promise<StackPrediction> {
    const logits = new RotationMean({ count, height, width, channels: 1 }, this.#turns.length);
    let densities: RotationMean | undefined;
    const rgb = { count, height, width, channels: 3 };
    for (const turns of this.#turns) {
      const data = turns === 0 ? images : rotateInto(images, new Uint8Array(images.length), rgb, turns);
      const turned = rotatedStack(rgb, turns);
      const { mask, density } = await this.#step.run({
        rgb: { data, shape: [count, turned.height, turned.width, 3] },
      });
      logits.add(mask.data, turns);
      if (density) {
        densities ??= new RotationMean({ count, height, width, channels: density.shape[3] }, this.#turns.length);
        densities.add(density.data, turns);
      }
    }
    return { logits: logits.mean, density: densities?.mean, stains: densities?.stack.channels ?? 0 };
  }

  dispose(): void {
    this.#network.dispose();
    this.#normalization.dispose();
  }
}

/** One pass over `rgb` (b,h,w,3): logits `mask` and, where the network separates stains, `density`. */
export function predictionOutputs(
  network: Network,
  normalization: InputNormalization,
  { rgb }: TensorRecord,
): TensorRecord {
  const { mask, density } = network.forward(normalization.apply(rgb as tfc.Tensor4D), evaluationContext);
  return density && network.separatesStains ? { mask, density } : { mask };
}

/** Turns logits into probabilities, in place. */
export function sigmoidInPlace(logits: Float32Array): Float32Array {
  for (let i = 0; i < logits.length; i++) logits[i] = 1 / (1 + Math.exp(-logits[i]));
  return logits;
}
