import { artifacts } from "@eosin/plugin-api";
import { datasetArtifact } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";

export const unionOptions = z.strictObject({
  datasets: artifacts(datasetArtifact).describe("e.g. [${steps.scanners}, ${steps.organs}]"),
});

export type UnionOptions = z.output<typeof unionOptions>;
