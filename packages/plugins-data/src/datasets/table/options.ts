import { z } from "@eosin/plugin-api/zod";
import { readingOptions } from "../../pairs/reading-options.js";
import { fileOptions } from "../file-options.js";

const column = (name: string, what: string) => z.string().min(1).default(name).describe(what);

const { exclude, excludeFile, unpaired } = fileOptions;

export const tableOptions = z.strictObject({
  file: z.string().min(1).describe("CSV or TSV file with a line an image; its first line names the columns."),
  root: z.string().min(1).optional().describe("Folder that the table's paths are relative to; else the table's own."),
  columns: z
    .strictObject({
      image: column("image", "Path of the image."),
      mask: column("mask", "Path of its mask."),
      domain: column("domain", "Its domain, e.g. the scanner; without this column all are of one."),
      id: column("id", "Its id; without this column the image's path below the root."),
    })
    .prefault({})
    .describe("What columns are called; all others become attributes, e.g. patient or split."),
  domains: z.array(z.string()).min(1).optional().describe("Only these domains."),
  limit: z.int().min(1).optional().describe("At most so many samples of each domain, the first of the table."),
  exclude,
  excludeFile,
  unpaired,
  ...readingOptions,
});

export type TableOptions = z.output<typeof tableOptions>;
