import { EosinError } from "../eosin-error.js";

/** Element types of weight files, as safetensors names them. */
export type ElementType = "F64" | "F32" | "F16" | "BF16" | "I64" | "I32" | "I16" | "I8" | "U8" | "BOOL";

/** Bytes of one element, by its type. */
export const bytesPerElement: { readonly [type in ElementType]: number } = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
};

/** A tensor as a weight file keeps it: row-major, little-endian, convolution filters OIHW. */
export interface StoredTensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** Tensors by name, in the order of the file. */
export type StoredTensors = ReadonlyMap<string, StoredTensor>;

/** The number of elements of a shape; 1 of the empty shape, which is a scalar's. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Wraps float32 values without a copy. */
export function storedFloat32(data: Float32Array, shape: readonly number[]): StoredTensor {
  return { type: "F32", shape, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

/**
 * The values as float32: F16 and BF16 exactly, F64 and I64 rounded.
 * @returns A view where the bytes are aligned float32 already, else a copy.
 */
export function toFloat32(tensor: StoredTensor): Float32Array {
  const { bytes, type } = tensor;
  const count = elementCount(tensor.shape);
  if (bytes.length !== count * bytesPerElement[type]) {
    throw new EosinError({
      code: "WEIGHTS_CORRUPT",
      message: "A stored tensor has the wrong number of bytes.",
      expected: `${count * bytesPerElement[type]} bytes for ${type} [${tensor.shape.join(", ")}]`,
      found: `${bytes.length} bytes`,
    });
  }
  if (type === "F32") {
    if (bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, count);
    return new Float32Array(bytes.slice().buffer, 0, count);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = elementReaders[type];
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++) out[i] = read(view, i);
  return out;
}

const elementReaders: { readonly [type in Exclude<ElementType, "F32">]: (view: DataView, index: number) => number } = {
  F64: (view, i) => view.getFloat64(8 * i, true),
  F16: (view, i) => halfToNumber(view.getUint16(2 * i, true)),
  BF16: (view, i) => bfloat16ToNumber(view.getUint16(2 * i, true)),
  I64: (view, i) => Number(view.getBigInt64(8 * i, true)),
  I32: (view, i) => view.getInt32(4 * i, true),
  I16: (view, i) => view.getInt16(2 * i, true),
  I8: (view, i) => view.getInt8(i),
  U8: (view, i) => view.getUint8(i),
  BOOL: (view, i) => view.getUint8(i),
};

/** IEEE 754 binary16. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const float32Bits = new DataView(new ArrayBuffer(4));

/** The upper half of a float32. */
function bfloat16ToNumber(bits: number): number {
  float32Bits.setUint32(0, bits << 16);
  return float32Bits.getFloat32(0);
}
