import { CommanderError } from "commander";
import { exitCodes } from "./exit-codes.js";
import { createProgram } from "./program.js";

/**
 * Runs the command line.
 * @param argv Arguments after `pipe`.
 * @returns The exit code: 0 done, 1 a step failed, 2 the document or the command is wrong, 130 interrupted.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const outcome = { exitCode: exitCodes.done as number };
  const refusals: string[] = [];
  const program = createProgram(
    (code) => {
      outcome.exitCode = code;
    },
    (refusal) => refusals.push(refusal),
  );
  try {
    requireWorkingFolder();
    await program.parseAsync(argv, { from: "user" });
    return outcome.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    // Imported where something failed: `pipe --help` shows at once.
    const [{ printError, showError }, { isEosinError }] = await Promise.all([
      import("./terminal.js"),
      import("@eosin/plugin-api"),
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

/** Everything relative is relative to it, and asking for it throws where it was deleted. */
function requireWorkingFolder(): void {
  try {
    process.cwd();
  } catch (cause) {
    throw noWorkingFolder(cause);
  }
}

/** As plain data, like an error of another process: the class is loaded only where something failed. */
function noWorkingFolder(cause: unknown) {
  return {
    $eosin: "error",
    code: "NO_WORKING_FOLDER",
    message: "The working folder is not there any more.",
    expected: "to be called in a folder that exists",
    found: (cause as NodeJS.ErrnoException).code ?? String(cause),
    next: "Change to another folder: cd",
  };
}
