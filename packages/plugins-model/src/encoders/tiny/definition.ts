import { defineEncoder } from "@eosin/plugin-api/learning";
import { tinyOptions } from "./options.js";

export const tiny = defineEncoder({
  type: "model/tiny-encoder",
  summary: "A small residual encoder that trains from scratch in minutes at 96…128 pixels.",
  options: tinyOptions,
  usesEngine: true,
  create: async ({ options }) => (await import("./tiny.js")).createTiny(options),
});
