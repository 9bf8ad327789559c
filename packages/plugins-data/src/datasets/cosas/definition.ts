import { defineDataset } from "@eosin/plugin-api/imaging";
import { cosasOptions } from "./options.js";

export const cosas = defineDataset({
  type: "data/cosas",
  summary: "The COSAS 2024 challenge archive: adenocarcinoma patches by organ (task 1) or scanner (task 2).",
  options: cosasOptions,
  files: ["root", "excludeFile", "attributes.table"],
  create: async ({ options, modules }) => (await import("./cosas.js")).createCosas(options, modules),
});
