import type { StatusLine } from "@eosin/plugin-api/commands";
import { printError, redraw } from "../terminal.js";
import { describeUpdate } from "./describe-update.js";

const secondsBetweenLines = 5;

export function statusLine(): StatusLine {
  const { stderr } = process;
  let written = false;
  let last = 0;
  return {
    update(update) {
      const isLast = typeof update !== "string" && update.current === update.total;
      // Where lines stay, few are enough.
      if (!stderr.isTTY && Date.now() - last < secondsBetweenLines * 1000 && !isLast) return;
      last = Date.now();
      const text = typeof update === "string" ? update : describeUpdate(update);
      if (stderr.isTTY) redraw(text);
      else printError(`${text}\n`);
      written = true;
    },
    end() {
      if (stderr.isTTY && written) printError("\n");
    },
  };
}
