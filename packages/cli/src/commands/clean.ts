import { join } from "node:path";
import { openStore } from "@eosin/core";
import { formatBytes } from "@eosin/support/format-bytes";
import { exitCodes } from "../exit-codes.js";
import { eosinFolder } from "../store-folder.js";
import { print } from "../terminal.js";

export async function clean(options: { keep: number; all?: boolean; store?: string }): Promise<number> {
  const folder = eosinFolder(options.store);
  const store = await openStore(join(folder, "store"));
  const removed = await store.clean({ runsFolder: join(folder, "runs"), keepRuns: options.all ? 0 : options.keep });
  print(`removed ${removed.runs} runs and ${removed.artifacts} stored outputs (${formatBytes(removed.bytes)})\n`);
  return exitCodes.done;
}
