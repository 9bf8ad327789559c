import { defineDataset } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { fileOptions } from "../file-options.js";
import { readingOptions } from "../pairs/reading-options.js";

const task = z.union([z.literal(1), z.literal(2)]);

export const cosasOptions = z.strictObject({
  root: z.string().min(1).describe("Folder of the unpacked archive: it holds task1 and task2."),
  task: z
    .union([task, z.array(task).min(1)])
    .default(2)
    .describe("1: three organs; 2: three scanners; [1, 2]: both."),
  domains: z.array(z.string()).min(1).optional().describe("Only these scanners or organs."),
  limit: z.int().min(1).optional().describe("At most so many samples of each domain, the first by id."),
  ...fileOptions,
  ...readingOptions,
});
export type CosasOptions = z.output<typeof cosasOptions>;

export const cosas = defineDataset({
  type: "data/cosas",
  summary: "The COSAS 2024 challenge archive: adenocarcinoma patches by organ (task 1) or scanner (task 2).",
  options: cosasOptions,
  files: ["root", "excludeFile", "attributes.table"],
  create: async ({ options, modules }) => (await import("./cosas.js")).createCosas(options, modules),
});
