import { formatBytes } from "@eosin/support/format-bytes";
import { colors } from "../colors.js";
import { exitCodes } from "../exit-codes.js";
import { print, printError, redraw } from "../terminal.js";

export async function fetch(name: string): Promise<number> {
  const { fetchWeights } = await import("@eosin/plugins-model/weights");
  const terminal = process.stderr.isTTY === true;
  let lastTenth = -1;
  const path = await fetchWeights(name, {
    onProgress: (received, total) => {
      const text = `${name}  ${formatBytes(received)}${total === undefined ? "" : ` of ${formatBytes(total)}`}`;
      const tenth = total === undefined ? 0 : Math.floor((10 * received) / total);
      if (terminal) redraw(text);
      else if (tenth !== lastTenth) printError(`${text}\n`);
      lastTenth = tenth;
    },
  });
  if (terminal && lastTenth >= 0) printError("\n");
  print(`${colors.bold(name)}  ${path}\n`);
  return exitCodes.done;
}
