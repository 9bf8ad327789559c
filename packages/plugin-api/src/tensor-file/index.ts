export { readSafetensors } from "./read-safetensors.js";
export {
  MAX_HEADER_BYTES,
  parseSafetensorsHeader,
  type SafetensorsHeader,
  type TensorEntry,
} from "./safetensors-header.js";
export {
  bytesPerElement,
  type ElementType,
  elementCount,
  type StoredTensor,
  type StoredTensors,
  storedFloat32,
  toFloat32,
} from "./stored-tensor.js";
export { type TensorDescription, writeSafetensors, writeStoredTensors } from "./write-safetensors.js";
