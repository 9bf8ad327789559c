import { type StoredTensor, toFloat32 } from "@eosin/plugin-api/tensor-file";

/** (n,c,…,h,w) → (n,h,w,c…) */
export function channelsLast(tensor: StoredTensor): { data: Float32Array; shape: number[] } {
  const [height, width] = tensor.shape.slice(-2);
  const [batch, ...inner] = tensor.shape.slice(0, -2);
  const channels = inner.reduce((product, size) => product * size, 1);
  const values = toFloat32(tensor);
  const data = new Float32Array(values.length);
  const area = height * width;
  for (let n = 0; n < batch; n++)
    for (let c = 0; c < channels; c++)
      for (let i = 0; i < area; i++) data[(n * area + i) * channels + c] = values[(n * channels + c) * area + i];
  return { data, shape: [batch, height, width, channels] };
}

/** The inverse, as one row of values. */
export function channelsFirst(data: Float32Array, shape: readonly number[]): Float32Array {
  const [batch, height, width, channels] = shape;
  const out = new Float32Array(data.length);
  const area = height * width;
  for (let n = 0; n < batch; n++)
    for (let c = 0; c < channels; c++)
      for (let i = 0; i < area; i++) out[(n * channels + c) * area + i] = data[(n * area + i) * channels + c];
  return out;
}
