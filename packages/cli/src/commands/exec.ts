import { dirname, join, resolve } from "node:path";
import { execInstance } from "@eosin/core/run";
import { defineCommand, exitCodes, sharedOptions } from "@eosin/plugin-api/commands";
import { homeOf } from "../find-run.js";
import { requireAdmitted } from "../run-plugins.js";
import { eosinFolder } from "../store-folder.js";

/** Run by the executor as a child process, or by a scheduler on a machine that sees the store. */
export default defineCommand({
  name: "exec",
  arguments: { plan: { help: "plan.json of a run" }, instance: { help: "e.g. train[fold-0]" } },
  options: {
    fresh: { help: "run it again, stored or not" },
    trust: { help: "import the plugins of the plan without asking, and without remembering them" },
    store: { ...sharedOptions.store, help: "the store (default: EOSIN_STORE, or beside the plan's run)" },
  },
  async run(_, { arguments: { plan: planFile, instance }, options }) {
    if (!options.trust) await requireAdmitted(planFile);
    const isSaid = options.store !== undefined || process.env.EOSIN_STORE !== undefined;
    const home = isSaid ? eosinFolder(options.store) : homeOf(dirname(resolve(planFile)));
    const store = join(home, "store");
    const done = await execInstance(planFile, instance, { store, fresh: options.fresh });
    // A plugin may have left threads or handles behind: the instance is over all the same.
    process.exit(done ? exitCodes.done : exitCodes.stepFailed);
  },
});
