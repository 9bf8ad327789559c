import { artifacts, defineReporter } from "@eosin/plugin-api";
import { z } from "@eosin/plugin-api/zod";
import { metricsOption } from "../../metrics/metrics-option.js";

export const tensorboardOptions = z.strictObject({
  models: artifacts("model").describe("trained models: a folder of events each"),
  predictions: artifacts("predictions").optional().describe("what they predicted: test figures and pictures"),
  metrics: metricsOption(["dice", "iou"]).describe("test figures of the predictions"),
  pictures: z.number().int().min(0).max(100).default(4).describe("test patches shown of each model"),
});

export type TensorboardOptions = z.output<typeof tensorboardOptions>;

export const tensorboard = defineReporter({
  type: "metrics/tensorboard",
  summary: "Event files for TensorBoard: figures by epoch, settings, pictures of predictions.",
  options: tensorboardOptions,
  produces: "tensorboard-events",
  create: async (context) => (await import("./tensorboard.js")).createTensorboard(context),
});
