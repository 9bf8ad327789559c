import { artifact, defineArtifact } from "@eosin/plugin-api";
import { datasetArtifact } from "@eosin/plugin-api/imaging";
import { z } from "zod";

export const options = z.strictObject({
  dataset: artifact(datasetArtifact).describe("What is counted."),
  separator: z.enum([",", ";"]).default(",").describe("What is between the columns of the table."),
});

/** What the step writes, for those that read it: samples by domain. */
export const domainCounts = defineArtifact("domain-counts", z.record(z.string(), z.int().min(0)));

export type Options = z.output<typeof options>;
