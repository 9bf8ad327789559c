import type { SplitPart } from "@eosin/plugin-api/imaging";

/** Completes "the … part". */
export const partName: { readonly [part in SplitPart]: string } = {
  train: "training",
  validation: "validation",
  test: "test",
};
