import { parseSafetensorsHeader } from "../../tensor-file/safetensors-header.js";
import type { StoredTensors } from "../../tensor-file/stored-tensor.js";
import { broken } from "../checklist.js";
import type { StepOutput } from "./check-step.js";

/** The tensors of a safetensors blob that a step wrote. Ends the running test where there is no such blob. */
export function tensorsOf({ blobs }: StepOutput, name: string): StoredTensors {
  const blob = blobs.get(name) ?? broken(`a blob ${name}`, [...blobs.keys()].join(", ") || "no blobs");
  const start = 8 + (blob.length < 8 ? 0 : Number(blob.readBigUInt64LE(0)));
  const { tensors } = parseSafetensorsHeader(blob.toString("utf8", 8, start), blob.length - start, name);
  return new Map(
    [...tensors].map(([key, { type, shape, begin, end }]) => [
      key,
      { type, shape, bytes: blob.subarray(start + begin, start + end) },
    ]),
  );
}
