/** The addon's errors have it too. */
const CODE = "DISPOSED_TENSOR";

/** A tensor was asked for whose data is freed. */
export class DisposedTensorError extends Error {
  override readonly name = "DisposedTensorError";
  readonly code = CODE;

  constructor(use: "read" | "used") {
    super(`a tensor was ${use} after it had been disposed`);
  }
}

/** Whether it is a {@link DisposedTensorError}, or the addon's or tfjs's error about the same. */
export function isDisposedTensorError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // tfjs's own check has neither a class nor a code.
  return (error as { readonly code?: unknown }).code === CODE || error.message === "Tensor is disposed.";
}
