import type { SampleBatch } from "@eosin/plugin-api/imaging";
import type { HostRecord, HostTensor, LossBatch, TensorRecord } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import type { ImageNetNormalization } from "./imagenet-normalization.js";

/** Samples `from`…`to` of a loaded batch, as views: `rgb` (b,h,w,3), `mask` (b,h,w,1) and, where loaded, `density`. */
export function hostRecord(batch: SampleBatch, from = 0, to = batch.ids.length): HostRecord {
  const { width, height } = batch;
  const rows = <Data extends HostTensor["data"]>(data: Data, channels: number): HostTensor => {
    const sample = height * width * channels;
    return { data: data.subarray(from * sample, to * sample) as Data, shape: [to - from, height, width, channels] };
  };
  const stains = batch.density && batch.density.length / (batch.ids.length * height * width);
  return {
    rgb: rows(batch.image, 3),
    mask: rows(batch.mask, 1),
    ...(batch.density && stains ? { density: rows(batch.density, stains) } : {}),
  };
}

/** What losses read, of the uploaded record. */
export function lossBatch(normalization: ImageNetNormalization, batch: TensorRecord): LossBatch {
  const rgb = batch.rgb as tfc.Tensor4D;
  return {
    rgb,
    image: normalization.apply(rgb),
    mask: batch.mask as tfc.Tensor4D,
    density: batch.density as tfc.Tensor4D | undefined,
  };
}
