import { noOptions } from "@eosin/plugin-api";
import { defineSeparator } from "@eosin/plugin-api/imaging";

export const vahadaneSeparator = defineSeparator({
  type: "stain/vahadane-separator",
  summary: "Haematoxylin and eosin by sparse non-negative matrix factorisation of all tissue pixels (Vahadane 2016).",
  options: noOptions,
  create: async () => (await import("./vahadane.js")).createVahadaneSeparator(),
});
