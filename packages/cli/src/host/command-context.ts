import type { CommandContext } from "@eosin/plugin-api/commands";
import { interruptSignal } from "../interrupt-signal.js";
import { stderrLogger } from "../stderr-logger.js";
import { commandOutput } from "./command-output.js";

/** @returns `release` gives Ctrl-C back. */
export function createCommandContext(): { readonly context: CommandContext; release(): void } {
  let interrupt: ReturnType<typeof interruptSignal> | undefined;
  const context: CommandContext = {
    output: commandOutput,
    log: stderrLogger,
    get signal() {
      interrupt ??= interruptSignal();
      return interrupt.signal;
    },
    // Imported where they are asked for: few commands ask for more than one.
    async loadPlugins({ more, trust } = {}) {
      const [{ installedPlugins }, { loadedPlugins }] = await Promise.all([
        import("../installed-plugins.js"),
        import("./loaded-plugins.js"),
      ]);
      return loadedPlugins(await installedPlugins(more, trust));
    },
    findRun: async (run, store) => (await import("./recorded-run.js")).findRecordedRun(run, store),
    planData: async (request) => (await import("./planned-data.js")).planData(request),
  };
  return { context, release: () => interrupt?.release() };
}
