import { defineOptions, positiveInteger } from "@eosin/plugin-api/commands";

/** Of the commands that execute a plan. */
export const { jobs, fresh } = defineOptions({
  jobs: {
    alias: "j",
    value: "count",
    schema: positiveInteger,
    help: "instances that run at once (default: as many as the cores allow)",
  },
  fresh: { help: "run every step again, stored or not, and read every file again" },
});
