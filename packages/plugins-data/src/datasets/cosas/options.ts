import { z } from "@eosin/plugin-api/zod";
import { readingOptions } from "../../pairs/reading-options.js";
import { fileOptions } from "../file-options.js";

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
