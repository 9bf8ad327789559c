import { artifact } from "@eosin/plugin-api";
import { datasetArtifact } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { groupByAttribute, validationFraction } from "../split-options.js";

export const leaveOneDomainOutOptions = z.strictObject({
  dataset: artifact(datasetArtifact).describe("What is split."),
  domains: z.array(z.string()).min(1).optional().describe("Only leave these out, each in turn."),
  validation: validationFraction,
  groupBy: groupByAttribute,
});

export type LeaveOneDomainOutOptions = z.output<typeof leaveOneDomainOutOptions>;
