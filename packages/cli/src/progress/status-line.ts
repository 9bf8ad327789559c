import type { ProgressUpdate } from "@eosin/plugin-api";
import { printError, redraw } from "../terminal.js";
import { describeUpdate } from "./describe-update.js";

/** How far a command is that has one thing to do: a line on standard error that a terminal overwrites. */
export interface StatusLine {
  update(update: ProgressUpdate): void;
  /** Leaves the line as it stands. */
  end(): void;
}

export function statusLine(): StatusLine {
  const { stderr } = process;
  let written = false;
  return {
    update(update) {
      if (stderr.isTTY) redraw(describeUpdate(update));
      else printError(`${describeUpdate(update)}\n`);
      written = true;
    },
    end() {
      if (stderr.isTTY && written) printError("\n");
    },
  };
}
