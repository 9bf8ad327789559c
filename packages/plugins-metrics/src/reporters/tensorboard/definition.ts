import { defineReporter } from "@eosin/plugin-api";
import { tensorboardEventsArtifact, tensorboardOptions } from "./options.js";

export const tensorboard = defineReporter({
  type: "metrics/tensorboard",
  summary: "Event files for TensorBoard: figures by epoch, settings, pictures of predictions.",
  options: tensorboardOptions,
  produces: tensorboardEventsArtifact,
  create: async (context) => (await import("./tensorboard.js")).createTensorboard(context),
});
