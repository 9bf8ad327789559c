import { readFile } from "node:fs/promises";
import { dirname, extname, relative, resolve } from "node:path";
import type { CommandOutput, PlannedDataStep, StepLook } from "@eosin/plugin-api/commands";
import { ownPage } from "./own-file.js";

/**
 * Writes the first page as it was asked for; further ones carry their step's name.
 * @param looked By the step's instance.
 * @returns By instance.
 */
export async function writePages(
  steps: readonly PlannedDataStep[],
  looked: ReadonlyMap<string, StepLook>,
  out: string,
  output: CommandOutput,
): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>();
  for (const { instance } of steps) {
    const look = looked.get(instance)?.look;
    if (look?.value.page === undefined) continue;
    const file = pages.size === 0 ? out : furtherPage(out, instance);
    // Not copied: what lies in the store may only be read.
    const text = await readFile(look.blobPath(look.value.page), "utf8");
    await output.writeFile(file, text.replace(/<head>/i, `$&${ownPage.mark}`));
    pages.set(instance, relative(process.cwd(), resolve(file)) || dirname(file));
  }
  return pages;
}

/** Those that may come to be written beside the first one. */
export function furtherPages(steps: readonly PlannedDataStep[], out: string): readonly string[] {
  return steps.flatMap(({ look, instance }) => (look === undefined ? [] : [furtherPage(out, instance)])).slice(1);
}

function furtherPage(out: string, instance: string): string {
  const ending = extname(out);
  return `${out.slice(0, out.length - ending.length)}-${instance}${ending}`;
}
