import type { Logger } from "../logger.js";
import type { CommandOutput } from "./command-output.js";
import type { LoadedPlugins, PluginRequest } from "./loaded-plugins.js";
import type { DataRequest, PlannedData } from "./planned-data.js";
import type { RecordedRun } from "./recorded-run.js";

/**
 * What `pipe` offers the commands of plugins. Paths are relative to the working folder of the process.
 * @example
 * ```ts
 * import { type CommandContext, type ExitCode, exitCodes } from "@eosin/plugin-api/commands";
 *
 * // Prints the models of a run with their fingerprints.
 * export async function listModels({ output, findRun }: CommandContext, name: string): Promise<ExitCode> {
 *   const { plan } = await findRun(name);
 *   for (const { id, fingerprint, produces } of plan.instances) {
 *     if (produces === "model") output.print(`${id}  ${fingerprint}\n`);
 *   }
 *   return exitCodes.done;
 * }
 * ```
 * @given
 */
export interface CommandContext {
  readonly output: CommandOutput;
  /** Speaks on standard error. */
  readonly log: Logger;
  /**
   * Aborted by the first Ctrl-C, so that a command can stop in good order. Until it is read for the first time, and from
   * the second Ctrl-C on, the process ends at once.
   */
  readonly signal: AbortSignal;
  /**
   * The plugins beside `pipe`, those of the project in the working folder, and those asked for.
   * @throws EosinError `PLUGIN_UNTRUSTED`, `PLUGIN_NOT_FOUND`, and what is wrong with a plugin
   */
  loadPlugins(request?: PluginRequest): Promise<LoadedPlugins>;
  /**
   * A run by its folder, by the name of its folder, or by its document's name, which means the newest run of that.
   * @param store The value of `--store`.
   * @throws EosinError `NO_RUN`
   */
  findRun(run: string, store?: string): Promise<RecordedRun>;
  /**
   * Plans the data of a pipeline (its planned steps and their looks) past the faults of single items.
   * @throws EosinError where the document itself is wrong, or the store cannot be written
   */
  planData(request: DataRequest): Promise<PlannedData>;
}
