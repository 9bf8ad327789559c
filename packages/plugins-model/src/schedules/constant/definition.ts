import { noOptions } from "@eosin/plugin-api";
import { defineSchedule } from "@eosin/plugin-api/learning";

export const constant = defineSchedule({
  type: "model/constant",
  summary: "The optimizer's learning rate throughout.",
  options: noOptions,
  create: async () => (await import("./constant.js")).createConstant(),
});
