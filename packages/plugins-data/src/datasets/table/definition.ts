import { defineDataset } from "@eosin/plugin-api/imaging";
import { tableOptions } from "./options.js";

export const table = defineDataset({
  type: "data/table",
  summary: "Images and masks that a table lists (CSV or TSV), with domains and attributes.",
  options: tableOptions,
  files: ["file", "root", "excludeFile"],
  create: async ({ options, modules }) => (await import("./table.js")).createTable(options, modules),
});
