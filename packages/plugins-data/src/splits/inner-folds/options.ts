import { artifact } from "@eosin/plugin-api";
import { splitArtifact } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { stratifyBy } from "../split-options.js";

export const innerFoldsOptions = z.strictObject({
  split: artifact(splitArtifact).describe("The fold whose training and validation parts are divided anew."),
  k: z.int().min(2).default(4).describe("Number of inner folds: models that are trained."),
  by: stratifyBy,
});

export type InnerFoldsOptions = z.output<typeof innerFoldsOptions>;
