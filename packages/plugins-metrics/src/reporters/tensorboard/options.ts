import { artifacts, defineArtifact } from "@eosin/plugin-api";
import { predictionsArtifact } from "@eosin/plugin-api/imaging";
import { modelArtifact } from "@eosin/plugin-api/learning";
import { z } from "@eosin/plugin-api/zod";
import { metricsOption } from "../../metrics/metrics-option.js";

export const tensorboardOptions = z.strictObject({
  models: artifacts(modelArtifact).describe("trained models: a folder of events each"),
  predictions: artifacts(predictionsArtifact).optional().describe("what they predicted: test figures and pictures"),
  metrics: metricsOption(["dice", "iou"]).describe("test figures of the predictions"),
  pictures: z.number().int().min(0).max(100).default(4).describe("test patches shown of each model"),
});

/** Artifacts of TensorBoard's event files: a folder each model. */
export const tensorboardEventsArtifact = defineArtifact(
  "tensorboard-events",
  z.object({ models: z.array(z.string()) }),
);

export type TensorboardOptions = z.output<typeof tensorboardOptions>;
