import { artifacts, defineArtifact } from "@eosin/plugin-api";
import { predictionsArtifact } from "@eosin/plugin-api/imaging";
import { modelArtifact } from "@eosin/plugin-api/learning";
import { z } from "@eosin/plugin-api/zod";
import { metricsOption } from "../../metrics/metrics-option.js";

export const mlflowOptions = z.strictObject({
  uri: z.url({ protocol: /^https?$/ }).describe("the tracking server, e.g. http://127.0.0.1:5000"),
  experiment: z.string().min(1).optional().describe("its name there; the document's unless said"),
  models: artifacts(modelArtifact).describe("trained models: an MLflow run each"),
  predictions: artifacts(predictionsArtifact).optional().describe("what they predicted: test figures"),
  metrics: metricsOption(["dice", "iou"]).describe("test figures of the predictions"),
  whenDown: z
    .enum(["fail", "warn"])
    .default("fail")
    .describe("what happens to this step where the server cannot be reached or refuses"),
});

/** Artifacts of what was sent to a tracking server. */
export const mlflowRunsArtifact = defineArtifact(
  "mlflow-runs",
  z.object({ sent: z.boolean(), models: z.array(z.string()) }),
);

export type MlflowOptions = z.output<typeof mlflowOptions>;
