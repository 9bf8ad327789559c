import { type SampleBatch, separateIgnored } from "@eosin/plugin-api/imaging";
import type { HostRecord, HostTensor, LossBatch, TensorRecord } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import type { InputNormalization } from "./input-normalization.js";
import { signedDistances } from "./signed-distance.js";

/**
 * Samples `from`…`to` of a loaded batch, as views: `rgb` (b,h,w,3), `mask` (b,h,w,1) and, where loaded, `density`. Where
 * pixels of these samples are ignored, also `valid` (b,h,w,1): engines then compute another pass than on other batches.
 * @param classes Of whose boundaries the loss reads the `distance` (b,h,w,classes): taken here, of the mask as augmenters left it.
 */
export function hostRecord(batch: SampleBatch, from = 0, to = batch.ids.length, classes?: number): HostRecord {
  const { width, height } = batch;
  const rows = <Data extends HostTensor["data"]>(data: Data, channels: number): HostTensor & { data: Data } => {
    const sample = height * width * channels;
    return { data: data.subarray(from * sample, to * sample) as Data, shape: [to - from, height, width, channels] };
  };
  const stains = batch.density && batch.density.length / (batch.ids.length * height * width);
  const { data, shape } = rows(batch.mask, 1);
  const { mask, valid } = separateIgnored(data);
  return {
    rgb: rows(batch.image, 3),
    mask: { data: mask, shape },
    ...(valid && { valid: { data: valid, shape } }),
    ...(classes && { distance: distanceRecord(mask, shape, classes) }),
    ...(batch.density && stains ? { density: rows(batch.density, stains) } : {}),
  };
}

function distanceRecord(labels: Uint8Array, [samples, height, width]: readonly number[], classes: number): HostTensor {
  const data = signedDistances({ labels, samples, height, width }, classes);
  return { data, shape: [samples, height, width, classes] };
}

/** What losses read, of the uploaded record. */
export function lossBatch(normalization: InputNormalization, batch: TensorRecord): LossBatch {
  const rgb = batch.rgb as tfc.Tensor4D;
  return {
    rgb,
    image: normalization.apply(rgb),
    mask: batch.mask as tfc.Tensor4D,
    valid: batch.valid as tfc.Tensor4D | undefined,
    density: batch.density as tfc.Tensor4D | undefined,
    distance: batch.distance as tfc.Tensor4D | undefined,
  };
}

/** Which samples of a record have pixels that count. */
export function judgedSamples({ mask, valid }: HostRecord): readonly boolean[] {
  const samples = mask.shape[0];
  const pixels = mask.data.length / samples;
  return Array.from(
    { length: samples },
    (_, i) => valid === undefined || valid.data.subarray(i * pixels, (i + 1) * pixels).includes(1),
  );
}
