/** A tensor was asked for whose data is freed. */
export class DisposedTensorError extends Error {
  override readonly name = "DisposedTensorError";

  constructor(use: "read" | "used") {
    super(`a tensor was ${use} after it had been disposed`);
  }
}
