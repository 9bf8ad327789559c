import { StrayedPassError } from "@eosin/engine-kit";
import { DisposedTensorError } from "./disposed-tensor-error.js";

/**
 * Whether a pass failed because it took another course than on shapes alone, so that it called other kernels, or reads
 * what was freed behind the last call that read it there.
 */
export function hasStrayed(error: unknown): boolean {
  if (error instanceof StrayedPassError || error instanceof DisposedTensorError) return true;
  // tfjs's own check, which has neither a class nor a code.
  return error instanceof Error && error.message === "Tensor is disposed.";
}
