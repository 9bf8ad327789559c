import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { forTerminal } from "@eosin/core";
import { printError } from "./terminal.js";

/**
 * Asks on the terminal, also where what the command prints goes elsewhere.
 * @returns Whether the answer was yes; `false` where there is no terminal to answer at, and for Ctrl-C and Ctrl-D.
 * @throws AbortError where the signal is aborted
 */
export async function confirm(question: string, signal?: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // The end of input closes it without an answer.
  const closed = once(terminal, "close").then(() => "");
  try {
    const answer = await Promise.race([terminal.question(forTerminal(`${question} [y/N] `), { signal }), closed]);
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    if (signal?.aborted || (error as Error).name !== "AbortError") throw error;
    printError("\n");
    return false;
  } finally {
    terminal.close();
  }
}
