import { artifact } from "@eosin/plugin-api";
import { z } from "zod";

export const options = z.strictObject({
  dataset: artifact("dataset").describe("What is counted."),
  separator: z.enum([",", ";"]).default(",").describe("What stands between the columns of the table."),
});

export type Options = z.output<typeof options>;
