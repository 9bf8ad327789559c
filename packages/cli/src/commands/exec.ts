import { dirname, join, resolve } from "node:path";
import { execInstance } from "@eosin/core/run";
import { exitCodes } from "../exit-codes.js";
import { homeOf } from "../find-run.js";
import { requireAdmitted } from "../run-plugins.js";
import { eosinFolder } from "../store-folder.js";

/** Run by the executor as a child process, or by a scheduler on a machine that sees the store. */
export async function exec(
  planFile: string,
  instance: string,
  options: { store?: string; fresh?: boolean; trust?: boolean },
): Promise<number> {
  if (!options.trust) await requireAdmitted(planFile);
  const isSaid = options.store !== undefined || process.env.EOSIN_STORE !== undefined;
  const home = isSaid ? eosinFolder(options.store) : homeOf(dirname(resolve(planFile)));
  const store = join(home, "store");
  const done = await execInstance(planFile, instance, { store, fresh: options.fresh });
  // A plugin may have left threads or handles behind: the instance is over all the same.
  process.exit(done ? exitCodes.done : exitCodes.stepFailed);
}
