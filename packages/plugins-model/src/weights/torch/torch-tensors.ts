import { bytesPerElement, type ElementType, elementCount, type StoredTensor } from "@eosin/plugin-api/tensor-file";
import { corrupt, refused } from "./pickle-error.js";
import type { PickleGlobal, PickleObject, PicklePolicy, PickleValue } from "./read-pickle.js";

/** A flat array that tensors look into. */
export interface TorchStorage {
  readonly type: ElementType;
  readonly key: string;
  /** Elements. */
  readonly length: number;
}

/** A view of a storage; offset and strides count elements. */
export interface TorchTensor {
  readonly storage: TorchStorage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

const storageTypes: { readonly [global: string]: ElementType } = {
  "torch.DoubleStorage": "F64",
  "torch.FloatStorage": "F32",
  "torch.HalfStorage": "F16",
  "torch.BFloat16Storage": "BF16",
  "torch.LongStorage": "I64",
  "torch.IntStorage": "I32",
  "torch.ShortStorage": "I16",
  "torch.CharStorage": "I8",
  "torch.ByteStorage": "U8",
  "torch.BoolStorage": "BOOL",
};

/** The only calls that a checkpoint may make. */
const functions: { readonly [global: string]: NonNullable<PickleGlobal["call"]> } = {
  "collections.OrderedDict": (args) => {
    if (args.length > 0) throw refused("collections.OrderedDict with arguments");
    return new Map();
  },
  "torch._utils._rebuild_tensor_v2": rebuildTensor,
  "torch._utils._rebuild_parameter": (args) => args[0],
};

const MOST_DIMENSIONS = 32;

/** Knows ordered dictionaries, tensors and their storages. */
export const torchPolicy: PicklePolicy = {
  global(name) {
    if (Object.hasOwn(storageTypes, name)) return { global: name };
    if (Object.hasOwn(functions, name)) return { global: name, call: functions[name] };
    return undefined;
  },
  persistent(id) {
    if (!Array.isArray(id) || id[0] !== "storage") throw refused("a persistent id that is not a storage");
    const [, type, key, , length, view] = id;
    const global = typeof type === "object" && type !== null && "global" in type ? type.global : "";
    if (!Object.hasOwn(storageTypes, global))
      throw refused(`the storage type ${global || (typeof type === "string" ? type : "of another kind")}`);
    if (view !== undefined && view !== null) throw refused("a storage that is a view of another");
    if (typeof key !== "string" || !isSize(length)) throw corrupt("a storage without key or length");
    return { object: { type: storageTypes[global], key, length } satisfies TorchStorage };
  },
};

function rebuildTensor(args: readonly PickleValue[]): PickleObject {
  const [storage, offset, shape, strides] = args;
  if (
    !isObject(storage) ||
    !isSize(offset) ||
    !isSizes(shape) ||
    !isSizes(strides) ||
    shape.length !== strides.length ||
    shape.length > MOST_DIMENSIONS
  ) {
    throw corrupt("a tensor without storage, offset, shape or strides");
  }
  return { object: { storage: storage.object as TorchStorage, offset, shape, strides } satisfies TorchTensor };
}

export function asTensor(value: PickleValue): TorchTensor | undefined {
  return isObject(value) && (value.object as Partial<TorchTensor>).storage ? (value.object as TorchTensor) : undefined;
}

export function asStorage(value: PickleValue): TorchStorage | undefined {
  return isObject(value) && (value.object as Partial<TorchStorage>).key !== undefined
    ? (value.object as TorchStorage)
    : undefined;
}

/** The tensor's elements in row-major order. @param data Of its storage. */
export function gather(tensor: TorchTensor, data: Uint8Array, name: string): StoredTensor {
  const { storage, offset, shape, strides } = tensor;
  const size = bytesPerElement[storage.type];
  const count = elementCount(shape);
  // A few bytes could ask for any amount of memory otherwise.
  if (count > storage.length) throw refused(`a tensor (${name}) that repeats its storage`);
  const last = count === 0 ? offset - 1 : shape.reduce((at, length, axis) => at + (length - 1) * strides[axis], offset);
  if ((last + 1) * size > data.length) throw corrupt(`${name} reaches beyond its storage`);
  if (isRowMajor(shape, strides)) {
    return { type: storage.type, shape, bytes: data.subarray(offset * size, (offset + count) * size) };
  }
  const bytes = new Uint8Array(count * size);
  const index = new Array<number>(shape.length).fill(0);
  let from = offset;
  for (let to = 0; to < count; to++) {
    for (let i = 0; i < size; i++) bytes[to * size + i] = data[from * size + i];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= shape[axis] * strides[axis];
      index[axis] = 0;
    }
  }
  return { type: storage.type, shape, bytes };
}

function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis];
  }
  return true;
}

function isObject(value: PickleValue): value is PickleObject {
  return typeof value === "object" && value !== null && "object" in value;
}

function isSize(value: PickleValue | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isSizes(value: PickleValue | undefined): value is number[] {
  return Array.isArray(value) && value.every(isSize);
}
