import type { ProgressUpdate } from "@eosin/plugin-api";
import { printError, redraw } from "../terminal.js";
import { describeUpdate } from "./describe-update.js";

/** How far a command is that has one thing to do: a line on standard error that a terminal overwrites. */
export interface StatusLine {
  update(update: ProgressUpdate): void;
  /** Leaves the line as it stands. */
  end(): void;
}

const secondsBetweenLines = 5;

export function statusLine(): StatusLine {
  const { stderr } = process;
  let written = false;
  let last = 0;
  return {
    update(update) {
      // Where lines stay, few are enough.
      if (!stderr.isTTY && Date.now() - last < secondsBetweenLines * 1000 && update.current !== update.total) return;
      last = Date.now();
      if (stderr.isTTY) redraw(describeUpdate(update));
      else printError(`${describeUpdate(update)}\n`);
      written = true;
    },
    end() {
      if (stderr.isTTY && written) printError("\n");
    },
  };
}
