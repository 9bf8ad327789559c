import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { type Damage, openStore } from "@eosin/core";
import { EosinError } from "@eosin/plugin-api";
import { defineCommand, exitCodes } from "@eosin/plugin-api/commands";
import { formatBytes } from "@eosin/support/format-bytes";
import { statusLine } from "../progress/status-line.js";
import { repairCommands } from "../repair-commands.js";
import { eosinFolder } from "../store-folder.js";
import { storeItself } from "../store-option.js";
import { print } from "../terminal.js";

const mebibyte = 2 ** 20;
const tellEveryMs = 200;

/** Reads the whole store; what is damaged is moved aside and said, with the command that computes it again. */
export default defineCommand({
  name: "verify",
  options: { store: storeItself, json: { help: "the findings as JSON" } },
  async run(_, { options }) {
    const home = eosinFolder(options.store);
    const folder = join(home, "store");
    if (!existsSync(folder)) throw noStore(folder);
    const store = await openStore(folder);
    const status = statusLine();
    let told = 0;
    const { damaged, ...counts } = await store.verify(({ done, total }) => {
      if (!process.stderr.isTTY || (performance.now() - told < tellEveryMs && done < total)) return;
      told = performance.now();
      status.update({ unit: "MiB", current: Math.round(done / mebibyte), total: Math.round(total / mebibyte) });
    });
    status.end();
    const commands = repairCommands(join(home, "runs"), options.store);
    const found = damaged.map((each) => ({ ...each, repair: commandsFor(each, commands) }));
    if (options.json) print(`${JSON.stringify({ ...counts, damaged: found }, null, 2)}\n`);
    else {
      for (const each of found) print(`${describe(each).join("\n")}\n\n`);
      const state = found.length === 0 ? "all as they were written" : `${found.length} damaged`;
      print(`${counts.outputs} outputs, ${counts.blobs} blobs, ${formatBytes(counts.bytes)}: ${state}\n`);
    }
    return found.length === 0 ? exitCodes.done : exitCodes.stepFailed;
  },
});

function commandsFor({ outputs }: Damage, commands: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set(outputs.flatMap(({ fingerprint }) => commands.get(fingerprint) ?? []))];
}

function describe({ file, reason, aside, outputs, repair }: Damage & { readonly repair: readonly string[] }): string[] {
  const shown = (path: string) => relative(process.cwd(), path) || path;
  const users = outputs.map(({ instance, fingerprint, blob }) =>
    [blob, instance ?? `output ${fingerprint.slice(0, 12)}…`].filter((each) => each !== undefined).join(" of "),
  );
  const nobody = "no kept run needs it";
  return [
    `damaged  ${users.join(", ") || "a blob that nothing refers to"}: ${reason}`,
    `file     ${shown(file)}${aside === undefined ? "" : `, now ${shown(aside)}`}`,
    ...(repair.length === 0 ? [`repair   ${nobody}`] : repair.map((command) => `repair   ${command}`)),
  ];
}

function noStore(folder: string): EosinError {
  return new EosinError({
    code: "NO_STORE",
    message: "There is no store to verify.",
    place: folder,
    expected: "the folder of a store, as `pipe run` makes it",
    next: "Name the folder around it with --store DIR (or EOSIN_STORE).",
  });
}
