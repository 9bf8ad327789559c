import { artifacts } from "@eosin/plugin-api";
import { z } from "zod";

export const options = z.strictObject({
  predictions: artifacts("predictions").describe("What evaluators wrote, of all folds."),
  title: z.string().min(1).default("Predicted patches").describe("Title of the page."),
});

export type Options = z.output<typeof options>;
