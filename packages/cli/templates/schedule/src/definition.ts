import { defineSchedule } from "@eosin/plugin-api/learning";
import { options } from "./options.js";

export const definition = defineSchedule({
  type: "{{type}}",
  summary: "A learning rate that falls in steps.",
  options,
  create: async (context) => (await import("./schedule.js")).create(context.options),
});
