import type { Network } from "@eosin/plugin-api/learning";
import { elementCount, type StoredTensor, storedFloat32 } from "@eosin/plugin-api/tensor-file";
import { storedShape } from "../../weights/parameter-layout.js";

/** Murmur3's finaliser. */
function fmix32(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** A tensor of the golden values: weights that need no file (row-major, NCHW and OIHW). */
export function formulaTensor(name: string, shape: readonly number[]): StoredTensor {
  const hash = fnv1a(name);
  const { scale, offset } = rangeOf(name, shape);
  const values = new Float32Array(elementCount(shape));
  for (let i = 0; i < values.length; i++) {
    const u = fmix32((hash + Math.imul(i, 0x9e3779b9)) | 0) / 2 ** 32;
    values[i] = name === "target" ? Number(u > 0.6) : offset + scale * (2 * u - 1);
  }
  return storedFloat32(values, shape);
}

function rangeOf(name: string, shape: readonly number[]): { scale: number; offset: number } {
  if (name === "input") return { scale: 1.7, offset: 0 };
  if (name.endsWith("running_var")) return { scale: 0.25, offset: 1.25 };
  if (name.endsWith(".weight") && shape.length === 1) return { scale: 0.1, offset: 1 };
  if (name.endsWith(".weight")) return { scale: Math.sqrt(3 / elementCount(shape.slice(1))), offset: 0 };
  return { scale: 0.1, offset: 0 };
}

export function formulaWeights(network: Network): Map<string, StoredTensor> {
  return new Map(
    [...network.parameters.values()].map(({ name, layout, variable }) => [
      name,
      formulaTensor(name, storedShape(layout, variable.shape)),
    ]),
  );
}
