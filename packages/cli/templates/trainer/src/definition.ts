import { defineTrainer } from "@eosin/plugin-api";
import { modelArtifact } from "@eosin/plugin-api/learning";
import { options } from "./options.js";

export const definition = defineTrainer({
  type: "{{type}}",
  summary: "Trains for a fixed number of epochs and keeps the last weights.",
  options,
  produces: modelArtifact,
  usesEngine: true,
  create: async (context) => (await import("./trainer.js")).create(context),
});
