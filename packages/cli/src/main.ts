import type { EosinErrorDetails } from "@eosin/plugin-api";
import { type Command, CommanderError } from "commander";
import { coreCommands } from "./core-commands.js";
import { givesTrust, type ListedCommand, namedCommand } from "./host/listed-command.js";
import { createProgram } from "./program.js";

const done = 0;

/**
 * Runs the command line.
 * @param argv Arguments after `pipe`.
 * @returns The exit code: 0 done, 1 a step failed, 2 the document or the command is wrong, 130 interrupted.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const refusals: string[] = [];
  try {
    requireWorkingFolder();
    return await call(argv, (refusal) => refusals.push(refusal));
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return done;
    // Imported where something failed: `pipe --help` shows at once.
    const [{ printError, showError }, { isEosinError }, { exitCodes }] = await Promise.all([
      import("./terminal.js"),
      import("@eosin/plugin-api"),
      import("@eosin/plugin-api/commands"),
    ]);
    if (error instanceof CommanderError) {
      printError(refusals.join(""));
      return exitCodes.wrongInput;
    }
    showError(error);
    // Neither the document nor the command is wrong where a disk is full or a file of ours is at fault.
    const faultOfTheMachine = !isEosinError(error) || error.code.startsWith("STORE_");
    return faultOfTheMachine ? exitCodes.stepFailed : exitCodes.wrongInput;
  }
}

/** Plugins are asked for commands where `pipe` itself has none of that name: none of them can replace one. */
async function call(typed: readonly string[], refuse: (text: string) => void): Promise<number> {
  const isOwn = namedCommand(typed, coreCommands)?.load !== undefined;
  // What a call may do without is imported where it counts: `pipe --help` loads next to nothing.
  const plugins = isOwn ? undefined : await import("./host/plugin-commands.js");
  const { commands = [], faults = [] } = plugins?.pluginCommands(coreCommands) ?? {};
  const describe = faults.length === 0 ? undefined : (await import("./host/listing-faults.js")).describeFault;
  const listed = [...coreCommands, ...commands];
  const argv = withoutHelpWord(typed, listed);
  const named = namedCommand(argv, listed);
  const fault = named?.load ? undefined : plugins?.faultOf(argv, faults, named);
  if (describe && fault) throw plainError(describe(fault));
  let exitCode: number = done;
  const called = await openCommand(named, argv, (code) => {
    exitCode = code;
  });
  const notes = faults.map((each) => describe?.(each).message ?? "");
  await createProgram({ commands: listed, called, notes, refuse }).parseAsync(argv, { from: "user" });
  return exitCode;
}

async function openCommand(
  named: ListedCommand | undefined,
  argv: readonly string[],
  exit: (code: number) => void,
): Promise<ReadonlyMap<string, Command>> {
  if (named?.load === undefined) return new Map();
  const definition = await named.load(givesTrust(argv));
  const { commanderCommand } = await import("./host/commander-command.js");
  const command = commanderCommand(definition, async (given) => {
    const { runCommand } = await import("./host/run-command.js");
    exit(await runCommand(definition, given));
  });
  return new Map([[named.name, command]]);
}

/** `pipe help plan` is `pipe plan --help`, as `pipe data help check` is: so there is one way to find the command. */
function withoutHelpWord(argv: readonly string[], listed: readonly ListedCommand[]): readonly string[] {
  const group = namedCommand(argv, listed);
  const at = group === undefined ? 0 : group.name.split(" ").length;
  return group?.load === undefined && argv[at] === "help" ? [...argv.toSpliced(at, 1), "--help"] : argv;
}

/** Everything relative is relative to it, and asking for it throws where it was deleted. */
function requireWorkingFolder(): void {
  try {
    process.cwd();
  } catch (cause) {
    throw plainError({
      code: "NO_WORKING_FOLDER",
      message: "The working folder is not there any more.",
      expected: "to be called in a folder that exists",
      found: (cause as NodeJS.ErrnoException).code ?? String(cause),
      next: "Change to another folder: cd",
    });
  }
}

/** As plain data, like an error of another process: the class is loaded only where something failed. */
function plainError(details: EosinErrorDetails) {
  return { $eosin: "error", ...details };
}
