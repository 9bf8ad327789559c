import type { RgbImage, Sample } from "@eosin/plugin-api/imaging";
import { reflectedPosition } from "@eosin/support/windows";
import type { ImageSize } from "../inputs/input-size.js";
import type { Predictor } from "./predictor.js";
import { sigmoidInPlace } from "./predictor.js";
import { WindowMean, type WindowPlace, windowPlaces } from "./window-mean.js";
import { windowWeights } from "./window-weights.js";

/** How images are predicted. */
export interface WindowSettings {
  /** Of what passes the network: multiples of its stride. */
  readonly size: ImageSize;
  /** Share of a window that the next one covers too, at least; in [0, 1). */
  readonly overlap: number;
  /** Windows that pass the network at once. */
  readonly batch: number;
}

/** A sample with what a network says of it, in the sample's size. */
export interface SamplePrediction {
  readonly sample: Sample;
  /** (height, width), 0…1 */
  readonly probability: Float32Array;
  /** (height, width, stains), where the network separates stains */
  readonly density?: { readonly data: Float32Array; readonly stains: number };
}

/** An image some of whose windows have not passed yet. */
interface Pending {
  readonly sample: Sample;
  readonly windows: number;
  readonly logits: WindowMean;
  density?: { readonly mean: WindowMean; readonly stains: number };
  left: number;
}

/**
 * Predicts images of any size in their order, by windows that overlap: logits are averaged, with Gaussian weights. Images
 * smaller than the window are reflected at their borders. Windows of several images pass the network together.
 */
export async function* predictWindows(
  predictor: Predictor,
  samples: AsyncIterable<Sample>,
  { size, overlap, batch }: WindowSettings,
): AsyncGenerator<SamplePrediction> {
  const bytes = size.width * size.height * 3;
  const images = new Uint8Array(batch * bytes);
  const weights = windowWeights(size);
  const pending: Pending[] = [];
  const stack: { readonly of: Pending; readonly place: WindowPlace }[] = [];

  async function pass(): Promise<void> {
    const shape = { count: stack.length, height: size.height, width: size.width };
    const { logits, density, stains } = await predictor.predict(images.subarray(0, stack.length * bytes), shape);
    const pixels = size.width * size.height;
    stack.forEach(({ of, place }, i) => {
      of.logits.add(logits.subarray(i * pixels, (i + 1) * pixels), place, size, weights);
      if (density) {
        of.density ??= { mean: new WindowMean(of.sample.image, stains, of.windows), stains };
        const map = density.subarray(i * pixels * stains, (i + 1) * pixels * stains);
        of.density.mean.add(map, place, size, weights);
      }
      of.left--;
    });
    stack.length = 0;
  }

  function* through(): Generator<SamplePrediction> {
    while (pending[0]?.left === 0) yield predictionOf(pending.shift() as Pending);
  }

  for await (const sample of samples) {
    const { image } = sample;
    const places = windowPlaces(image, size, overlap);
    const logits = new WindowMean(image, 1, places.length);
    const of: Pending = { sample, windows: places.length, logits, left: places.length };
    pending.push(of);
    for (const place of places) {
      cutWindow(image, place, size, images.subarray(stack.length * bytes, (stack.length + 1) * bytes));
      stack.push({ of, place });
      if (stack.length === batch) await pass();
    }
    yield* through();
  }
  if (stack.length > 0) await pass();
  yield* through();
}

function predictionOf({ sample, logits, density }: Pending): SamplePrediction {
  const probability = sigmoidInPlace(logits.mean());
  return density
    ? { sample, probability, density: { data: density.mean.mean(), stains: density.stains } }
    : { sample, probability };
}

function cutWindow(image: RgbImage, { x, y }: WindowPlace, { width, height }: ImageSize, target: Uint8Array): void {
  const inside = x >= 0 && x + width <= image.width;
  for (let row = 0; row < height; row++) {
    const from = reflectedPosition(y + row, image.height) * image.width * 3;
    if (inside) {
      target.set(image.data.subarray(from + 3 * x, from + 3 * (x + width)), 3 * row * width);
      continue;
    }
    for (let column = 0; column < width; column++) {
      const at = from + 3 * reflectedPosition(x + column, image.width);
      const to = 3 * (row * width + column);
      for (let channel = 0; channel < 3; channel++) target[to + channel] = image.data[at + channel];
    }
  }
}
