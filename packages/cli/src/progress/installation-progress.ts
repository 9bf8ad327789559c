import { formatBytes } from "@eosin/support/format-bytes";
import { printError, redraw } from "../terminal.js";

/** Totals from here on are bytes, not pieces of work. */
const BYTES_FROM = 100_000;

/** Shows the progress of an installation on standard error: one line redrawn on a terminal, else a line each tenth. */
export class InstallationProgress {
  readonly #terminal = process.stderr.isTTY === true;
  #open = false;
  #lastShown = "";

  /** A whole line, below what is redrawn. */
  say(line: string): void {
    this.finish();
    printError(`${line}\n`);
  }

  update(what: string, done: number, total?: number): void {
    const bytes = (total ?? done) >= BYTES_FROM;
    const show = (value: number) => (bytes ? formatBytes(value) : String(value));
    const text = `${what}  ${show(done)}${total === undefined ? "" : ` of ${show(total)}`}`;
    if (this.#terminal) {
      redraw(text);
      this.#open = true;
      return;
    }
    const step = total === undefined ? what : `${what} ${bytes ? Math.floor((10 * done) / total) : done}`;
    if (step !== this.#lastShown) printError(`${text}\n`);
    this.#lastShown = step;
  }

  finish(): void {
    if (this.#open) printError("\n");
    this.#open = false;
  }
}
