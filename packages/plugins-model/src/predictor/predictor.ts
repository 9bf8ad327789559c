import type { ChannelNormalization, Engine, EvaluationStep, Network, TensorRecord } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { InputNormalization } from "../inputs/input-normalization.js";
import { evaluationContext } from "../inputs/random-feeds.js";
import type { ImagePredictor, StackPrediction } from "./image-predictor.js";
import { NetworkStatistics } from "./network-statistics.js";
import { type ImageStack, mirrorInto, rotatedStack, rotateInto, type View } from "./rotate.js";
import { ViewMean } from "./view-mean.js";
import type { WindowBatch } from "./window-batches.js";

/** A network that predicts 8-bit images, seen in several ways (test-time augmentation). Owns the network. */
export class Predictor implements ImagePredictor {
  readonly #network: Network;
  readonly #normalization: InputNormalization;
  readonly #step: EvaluationStep;
  readonly #statistics: NetworkStatistics;
  readonly #views: readonly View[];

  /**
   * @param views One at least; logits are averaged over them.
   * @param normalization That the weights were trained with.
   */
  constructor(
    engine: Engine,
    network: Network,
    views: readonly View[],
    normalization: ChannelNormalization | undefined = network.normalization,
  ) {
    this.#network = network;
    this.#normalization = new InputNormalization(engine.tf, normalization);
    this.#views = views;
    this.#statistics = new NetworkStatistics(engine, network, this.#normalization);
    this.#step = engine.evaluationStep((batch) => predictionOutputs(network, this.#normalization, batch));
  }

  /** @param images (count, height, width, 3), 0…255; height and width multiples of the network's stride. */
  async predict(images: Uint8Array, { count, height, width }: Omit<ImageStack, "channels">): Promise<StackPrediction> {
    const views = this.#views;
    const logits = new ViewMean({ count, height, width, channels: 1 }, views.length);
    let densities: ViewMean | undefined;
    let presence: Float32Array | undefined;
    const rgb = { count, height, width, channels: 3 };
    for (const view of views) {
      const { turns, mirrored } = view;
      const seen = mirrored ? mirrorInto(images, new Uint8Array(images.length), rgb) : images;
      const data = turns === 0 ? seen : rotateInto(seen, new Uint8Array(images.length), rgb, turns);
      const turned = rotatedStack(rgb, turns);
      const { mask, density, imageLevel } = await this.#step.run({
        rgb: { data, shape: [count, turned.height, turned.width, 3] },
      });
      logits.add(mask.data, view);
      if (imageLevel) {
        presence ??= new Float32Array(count);
        for (let i = 0; i < count; i++) presence[i] += imageLevel.data[i] / views.length;
      }
      if (density) {
        densities ??= new ViewMean({ count, height, width, channels: density.shape[3] }, views.length);
        densities.add(density.data, view);
      }
    }
    const separated = { density: densities?.mean, stains: densities?.stack.channels ?? 0 };
    return { logits: logits.mean, ...separated, ...(presence && { presence }) };
  }

  adapt(batches: () => AsyncIterable<WindowBatch>, share: number): Promise<void> {
    return this.#statistics.mix(batches(), share);
  }

  restore(): void {
    this.#statistics.restore();
  }

  dispose(): void {
    this.#network.dispose();
    this.#normalization.dispose();
  }
}

/** One pass over `rgb` (b,h,w,3): logits `mask`, those of presence and, where the network separates stains, `density`. */
export function predictionOutputs(
  network: Network,
  normalization: InputNormalization,
  { rgb }: TensorRecord,
): TensorRecord {
  const { mask, density, imageLevel } = network.forward(normalization.apply(rgb as tfc.Tensor4D), evaluationContext);
  return {
    mask,
    ...(density && network.separatesStains && { density }),
    ...(imageLevel && { imageLevel }),
  };
}

/** Turns logits into probabilities, in place. */
export function sigmoidInPlace(logits: Float32Array): Float32Array {
  for (let i = 0; i < logits.length; i++) logits[i] = sigmoid(logits[i]);
  return logits;
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
