import { defineEncoder } from "@eosin/plugin-api/learning";
import { efficientnetOptions } from "./options.js";

export const efficientnet = defineEncoder({
  type: "model/efficientnet",
  summary: "EfficientNet B0…B7 (Tan & Le, 2019) or Lite0…Lite4 without its classifier; ImageNet weights are published.",
  options: efficientnetOptions,
  usesEngine: true,
  create: async ({ options }) => (await import("./efficientnet.js")).createEfficientnet(options),
});
