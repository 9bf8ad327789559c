import { artifact } from "@eosin/plugin-api";
import { splitArtifact } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { inputSize, interpolation } from "../../inputs/input-size.js";
import { domains, resolution, splitPart, threshold, workers } from "../../predictor/prediction-options.js";

/** What every baseline takes, as the evaluator of the network beside it. */
export const baselineOptions = z.strictObject({
  split: artifact(splitArtifact).describe("The fold: fitted on its training part, judged on `part`."),
  part: splitPart,
  size: inputSize.describe("Where the baseline is fitted and, at network resolution, judged."),
  interpolation,
  threshold,
  resolution,
  domains,
  workers,
});

export type BaselineOptions = z.output<typeof baselineOptions>;
