import { z } from "@eosin/plugin-api/zod";
import { attributesOption } from "./attributes-option.js";

/** Options that all datasets of files share. */
export const fileOptions = {
  exclude: z.array(z.string().min(1)).min(1).optional().describe("Ids of samples to leave out, e.g. [A/p0]."),
  excludeFile: z.string().min(1).optional().describe("File of ids to leave out: one a line, or a JSON list."),
  unpaired: z
    .enum(["error", "leave-out", "no-tumour"])
    .default("error")
    .describe("An image without mask is an error, left out, or taken as free of tumour."),
  attributes: attributesOption,
};
