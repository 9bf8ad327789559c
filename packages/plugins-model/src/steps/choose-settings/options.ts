import { artifacts, component, metricKind } from "@eosin/plugin-api";
import { predictionsArtifact } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";

const share = z.number().min(0).lt(1);
const probability = z.number().gt(0).lt(1);
const candidates = <Value extends z.ZodType<number>>(value: Value) => z.array(value).min(1).max(1000);

export const chooseSettingsOptions = z.strictObject({
  predictions: artifacts(predictionsArtifact).describe("Of validation parts: one, or those of several folds."),
  metric: component(metricKind)
    .default({ uses: "metrics/score", with: {}, kind: "metric" })
    .describe("Whose mean over patches is to be best."),
  thresholds: candidates(probability)
    .default([0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8])
    .describe("Probabilities above which pixels are foreground."),
  hysteresis: candidates(share)
    .default([0])
    .describe("How far below the threshold pixels that touch foreground are foreground too; 0: not at all."),
  fill: candidates(share).default([0, 0.005]).describe("Holes that cover less than this share of a patch are filled."),
  smallest: candidates(share)
    .default([0, 0.001, 0.005])
    .describe("Regions that cover less than this share of a patch are dropped."),
  gate: candidates(share)
    .default([0])
    .describe("A patch of which at most this share is foreground counts as free of it; small tumours are lost."),
  presence: candidates(share)
    .default([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95])
    .describe(
      "An image has no foreground where the network is at most so sure that it has any, by its `imageLevelHead` or else by its surest pixels; 0: this is not asked.",
    ),
});

export type ChooseSettingsOptions = z.output<typeof chooseSettingsOptions>;
