import { join } from "node:path";
import { execInstance } from "@eosin/core/run";
import { exitCodes } from "../exit-codes.js";
import { requireAdmitted } from "../run-plugins.js";
import { eosinFolder } from "../store-folder.js";

/** Run by the executor as a child process, or by a scheduler on a machine that sees the store. */
export async function exec(
  planFile: string,
  instance: string,
  options: { store?: string; fresh?: boolean; trust?: boolean },
): Promise<number> {
  if (!options.trust) await requireAdmitted(planFile);
  const store = join(eosinFolder(options.store), "store");
  const done = await execInstance(planFile, instance, { store, fresh: options.fresh });
  // A plugin may have left threads or handles behind: the instance is over all the same.
  process.exit(done ? exitCodes.done : exitCodes.stepFailed);
}
