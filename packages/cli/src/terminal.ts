import { forTerminal, renderError } from "@eosin/core";

/** What a command prints goes through here: nothing from outside reaches a terminal as it is. */
export function print(text: string): void {
  process.stdout.write(forTerminal(text));
}

/** The same on standard error. */
export function printError(text: string): void {
  process.stderr.write(forTerminal(text));
}

/** An error, one block a fault, in colour on a terminal; `renderError` escapes what it shows. */
export function showError(error: unknown, stream: NodeJS.WriteStream = process.stderr): void {
  stream.write(`${renderError(error, { color: stream.isTTY === true })}\n`);
}

/** Writes over the line on standard error that this wrote before. */
export function redraw(text: string): void {
  process.stderr.write(`\r${forTerminal(text)}\u001b[K`);
}
