import { StrayedPassError } from "@eosin/engine-kit";
import { isDisposedTensorError } from "./disposed-tensor-error.js";

/**
 * Whether a pass failed because it took another course than on shapes alone, so that it called other kernels, or reads
 * what was freed behind the last call that read it there.
 */
export function hasStrayed(error: unknown): boolean {
  return error instanceof StrayedPassError || isDisposedTensorError(error);
}
