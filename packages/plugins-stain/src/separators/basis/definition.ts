import { defineSeparator } from "@eosin/plugin-api/imaging";
import { basisSeparatorOptions } from "./options.js";

export const basisSeparator = defineSeparator({
  type: "stain/basis-separator",
  summary: "Two or three stains along vectors that the document states.",
  options: basisSeparatorOptions,
  create: async ({ options }) => (await import("./basis.js")).createBasisSeparator(options),
});
