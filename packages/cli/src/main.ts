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
  const program = createProgram((code) => {
    outcome.exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: "user" });
    return outcome.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongInput;
    // Imported where something failed: `pipe --help` shows at once.
    const [{ renderError }, { isEosinError }] = await Promise.all([import("@eosin/core"), import("@eosin/plugin-api")]);
    process.stderr.write(`${renderError(error, { color: process.stderr.isTTY === true })}\n`);
    // Neither the document nor the command is wrong where a disk is full or a file of ours is at fault.
    const faultOfTheMachine = !isEosinError(error) || error.code.startsWith("STORE_");
    return faultOfTheMachine ? exitCodes.stepFailed : exitCodes.wrongInput;
  }
}
