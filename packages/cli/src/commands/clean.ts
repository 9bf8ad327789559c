import { join } from "node:path";
import { openStore } from "@eosin/core";
import { defineCommand, exitCodes, positiveInteger } from "@eosin/plugin-api/commands";
import { formatBytes } from "@eosin/support/format-bytes";
import { eosinFolder } from "../store-folder.js";
import { storeItself } from "../store-option.js";
import { print } from "../terminal.js";

export default defineCommand({
  name: "clean",
  options: {
    keep: { value: "runs", schema: positiveInteger, default: 10, help: "newest runs to keep" },
    all: { help: "remove every run and every stored output" },
    store: storeItself,
  },
  async run(_, { options }) {
    const folder = eosinFolder(options.store);
    const store = await openStore(join(folder, "store"));
    const removed = await store.clean({ runsFolder: join(folder, "runs"), keepRuns: options.all ? 0 : options.keep });
    print(`removed ${removed.runs} runs and ${removed.artifacts} stored outputs (${formatBytes(removed.bytes)})\n`);
    return exitCodes.done;
  },
});
