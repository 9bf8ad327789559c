import { noOptions } from "@eosin/plugin-api";
import { defineSeparator } from "@eosin/plugin-api/imaging";

export const spcnSeparator = defineSeparator({
  type: "stain/spcn-separator",
  summary: "Haematoxylin and eosin by sparse non-negative matrix factorisation, as the paper's code does it.",
  options: noOptions,
  create: async () => (await import("./spcn.js")).createSpcnSeparator(),
});
