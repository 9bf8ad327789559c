import type { ImageStack } from "./rotate.js";
import type { WindowBatch } from "./window-batches.js";

/** What a network says of a stack of images, averaged over views. */
export interface StackPrediction {
  /** (count, height, width) */
  readonly logits: Float32Array;
  /** (count, height, width, stains), where the network separates stains */
  readonly density?: Float32Array;
  readonly stains: number;
  /** (count): logits of whether there is foreground at all, where the network says so. */
  readonly presence?: Float32Array;
}

/** What predicts images: a network, or several that vote. */
export interface ImagePredictor {
  /** @param images (count, height, width, 3), 0…255; height and width multiples of the networks' strides. */
  predict(images: Uint8Array, shape: Omit<ImageStack, "channels">): Promise<StackPrediction>;
  /** Lets batch normalisation go by what images share with training: see `NetworkStatistics`. */
  adapt(batches: () => AsyncIterable<WindowBatch>, share: number): Promise<void>;
  /** Lets it go by training's again. */
  restore(): void;
  dispose(): void;
}
