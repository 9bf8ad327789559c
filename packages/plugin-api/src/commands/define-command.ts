import { API_VERSION } from "../api-version.js";
import type { ArgumentValues, CommandArguments } from "./command-argument.js";
import type { CommandContext } from "./command-context.js";
import type { CommandOptions, FittingOptions, OptionValues } from "./command-option.js";
import type { ExitCode } from "./exit-codes.js";

/** A command of `pipe`. Its summary is in the package.json that lists it: `pipe --help` reads nothing else. */
export interface CommandDefinition<Arguments = CommandArguments, Options = CommandOptions> {
  readonly $eosin: "command";
  /** The version of the contract that it was built for. */
  readonly apiVersion: string;
  /** The words after `pipe`, e.g. `predict` or `weights fetch`, as package.json lists it. */
  readonly name: string;
  readonly arguments: Arguments;
  readonly options: Options;
  /**
   * @returns What `pipe` exits with.
   * @throws EosinError for what the user can fix: it is shown, and the command exits with `wrongInput`
   */
  run(
    context: CommandContext,
    given: { readonly arguments: ArgumentValues<Arguments>; readonly options: OptionValues<Options> },
  ): Promise<ExitCode>;
}

/** Any command; its host passes what it read by the definition. */
// biome-ignore lint/suspicious/noExplicitAny: what `run` gets is contravariant
export type AnyCommandDefinition = CommandDefinition<any, any>;

interface CommandInput<Arguments, Options> {
  readonly name: string;
  readonly arguments?: Arguments;
  readonly options?: Options & FittingOptions<Options>;
  run: CommandDefinition<Arguments, Options>["run"];
}

/**
 * The default export of the module that package.json lists. What `run` gets is typed by arguments and options.
 * @example
 * ```ts
 * import { readdir } from "node:fs/promises";
 * import { defineCommand, exitCodes } from "@eosin/plugin-api/commands";
 *
 * export default defineCommand({
 *   name: "count",
 *   arguments: { folders: { repeatable: true, help: "folders of images" } },
 *   options: { ending: { value: "ending", default: ".png", help: "which files count" } },
 *   async run({ output }, { arguments: { folders }, options: { ending } }) {
 *     const names = await Promise.all(folders.map((folder) => readdir(folder)));
 *     output.print(`${names.flat().filter((name) => name.endsWith(ending)).length} images\n`);
 *     return exitCodes.done;
 *   },
 * });
 * ```
 */
export function defineCommand<
  const Arguments extends CommandArguments = Record<never, never>,
  const Options extends CommandOptions = Record<never, never>,
>(command: CommandInput<Arguments, Options>): CommandDefinition<Arguments, Options> {
  const { name, run, arguments: words = {} as Arguments, options = {} as Options } = command;
  return { $eosin: "command", apiVersion: API_VERSION, name, arguments: words, options, run };
}
