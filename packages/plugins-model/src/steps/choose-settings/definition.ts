import { defineStep } from "@eosin/plugin-api";
import { predictionSettingsArtifact } from "@eosin/plugin-api/imaging";
import { chooseSettingsOptions } from "./options.js";

export const chooseSettings = defineStep({
  type: "model/choose-settings",
  summary: "Chooses threshold and post-processing by predictions of validation parts.",
  options: chooseSettingsOptions,
  produces: predictionSettingsArtifact,
  create: async (context) => new (await import("./choose-settings.js")).ChooseSettings(context),
});
