import type { Sample } from "@eosin/plugin-api/imaging";
import type { ImagePredictor } from "./image-predictor.js";
import { sigmoid, sigmoidInPlace } from "./predictor.js";
import { type SampleWindow, type WindowSettings, windowBatches } from "./window-batches.js";
import { WindowMean } from "./window-mean.js";
import { windowWeights } from "./window-weights.js";

/** A sample with what a network says of it, in the sample's size. */
export interface SamplePrediction {
  readonly sample: Sample;
  /** (height, width), 0…1 */
  readonly probability: Float32Array;
  /** (height, width, stains), where the network separates stains */
  readonly density?: { readonly data: Float32Array; readonly stains: number };
  /** 0…1: that there is foreground at all, as the surest of the windows says; where the network says so. */
  readonly presence?: number;
}

/** A sample some of whose windows have not passed yet. */
interface Pending {
  readonly sample: Sample;
  readonly logits: WindowMean;
  density?: { readonly mean: WindowMean; readonly stains: number };
  /** The largest logit. */
  presence?: number;
  left: number;
}

/**
 * Predicts images of any size in their order, by windows that overlap: logits are averaged, with Gaussian weights. Images
 * smaller than the window are reflected at their borders. Windows of several images pass the network together.
 */
export async function* predictWindows(
  predictor: Pick<ImagePredictor, "predict">,
  samples: AsyncIterable<Sample>,
  settings: WindowSettings,
): AsyncGenerator<SamplePrediction> {
  const { size } = settings;
  const weights = windowWeights(size);
  const pixels = size.width * size.height;
  const pending: Pending[] = [];
  for await (const batch of windowBatches(samples, settings)) {
    const { logits, density, stains, presence } = await predictor.predict(batch.images, batch);
    batch.windows.forEach((window, i) => {
      const of = pendingOf(window, pending);
      of.logits.add(logits.subarray(i * pixels, (i + 1) * pixels), window.place, size, weights);
      if (density) {
        of.density ??= { mean: new WindowMean(of.sample.image, stains, window.of), stains };
        const map = density.subarray(i * pixels * stains, (i + 1) * pixels * stains);
        of.density.mean.add(map, window.place, size, weights);
      }
      if (presence) of.presence = Math.max(of.presence ?? Number.NEGATIVE_INFINITY, presence[i]);
      of.left--;
    });
    while (pending[0]?.left === 0) yield predictionOf(pending.shift() as Pending);
  }
}

/** Windows come sample by sample: the last one pending, or a new one. */
function pendingOf({ sample, of }: SampleWindow, pending: Pending[]): Pending {
  const last = pending.at(-1);
  if (last?.sample === sample) return last;
  const next: Pending = { sample, logits: new WindowMean(sample.image, 1, of), left: of };
  pending.push(next);
  return next;
}

function predictionOf({ sample, logits, density, presence }: Pending): SamplePrediction {
  return {
    sample,
    probability: sigmoidInPlace(logits.mean()),
    ...(density && { density: { data: density.mean.mean(), stains: density.stains } }),
    ...(presence !== undefined && { presence: sigmoid(presence) }),
  };
}
