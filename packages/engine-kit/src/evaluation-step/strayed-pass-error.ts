/** A forward pass takes another course than it took on shapes alone: what it still needs may be freed already. */
export class StrayedPassError extends Error {
  override readonly name = "StrayedPassError";

  constructor(kernel: string, expected: string | undefined) {
    super(
      `The forward pass called ${kernel} where it called ${expected ?? "nothing"} before: it must depend on shapes alone.`,
    );
  }
}
