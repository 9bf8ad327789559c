import { join } from "node:path";
import { type Plan, readPlanFile } from "@eosin/core";
import { EosinError } from "@eosin/plugin-api";

/** The plan of a run, read from its folder. @throws EosinError `NO_RUN`. */
export async function readRunPlan(run: string): Promise<Plan> {
  const file = join(run, "plan.json");
  try {
    return readPlanFile(file);
  } catch (cause) {
    throw new EosinError({
      code: "NO_RUN",
      message: `${run} is not a run folder.`,
      expected: "a folder that `pipe run` wrote, with plan.json in it",
      next: "The last lines of `pipe run` name the folder of the run.",
      cause,
    });
  }
}
