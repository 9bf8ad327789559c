import { defineEncoder } from "@eosin/plugin-api/learning";
import { resnetOptions } from "./options.js";

export const resnet = defineEncoder({
  type: "model/resnet",
  summary: "ResNet-18, 34 or 50 (He et al., 2016) without its classifier; ImageNet weights are published.",
  options: resnetOptions,
  usesEngine: true,
  create: async ({ options }) => (await import("./resnet.js")).createResnet(options),
});
