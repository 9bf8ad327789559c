import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Plan } from "@eosin/core";

/**
 * What computes outputs again that are missing or damaged: the newest run that has them, repeated.
 * @returns By fingerprint.
 */
export function repairCommands(runsFolder: string, store: string | undefined): ReadonlyMap<string, string> {
  const commands = new Map<string, string>();
  const flag = store === undefined ? "" : ` --store ${quoted(store)}`;
  const names = existsSync(runsFolder) ? readdirSync(runsFolder).sort() : [];
  for (const name of names) {
    const folder = join(runsFolder, name);
    const plan = planOf(folder);
    if (plan === undefined) continue;
    const again = existsSync(join(folder, "demand.json"))
      ? `pipe rerun ${quoted(relative(process.cwd(), folder))}${flag}`
      : `pipe run ${quoted(plan.document.file)}${flag}`;
    for (const { fingerprint } of plan.instances) commands.set(fingerprint, again);
  }
  return commands;
}

function planOf(folder: string): Plan | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "plan.json"), "utf8")) as Plan;
  } catch {
    return undefined;
  }
}

/** As a shell takes it in one piece. */
function quoted(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
