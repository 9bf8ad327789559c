import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Plan, Store } from "@eosin/core";
import type { Look } from "@eosin/plugin-api";
import { oneLine } from "@eosin/support/one-line";
import { sha256Of } from "@eosin/support/sha256";
import type { PipelineOptions } from "./pipeline-options.js";
import { eosinFolder } from "./store-folder.js";

/** A look of a plan: enough to find it again without the plan. */
interface RememberedLook {
  readonly instance: string;
  readonly fingerprint: string;
}

/** A line each thing that the looks at a plan's data said, where they are stored. */
export async function lookLines(plan: Plan, store: Store, file: string): Promise<string[]> {
  return linesOf(looksIn(plan), store, file);
}

/**
 * As {@link lookLines}, of what the document's data was when it was last planned: nothing is opened and nothing hashed.
 * Nothing where it never was.
 */
export async function rememberedLookLines(
  file: string,
  options: PipelineOptions,
  store: Store,
): Promise<string[] | undefined> {
  try {
    const looks = JSON.parse(readFileSync(memoryFile(file, options), "utf8")) as readonly RememberedLook[];
    return await linesOf(looks, store, file);
  } catch {
    return undefined;
  }
}

/** Keeps which looks a document's plan has. A convenience: where it cannot be written, nothing is remembered. */
export function rememberLooks(file: string, options: PipelineOptions, plan: Plan): void {
  const home = eosinFolder(options.store);
  if (!existsSync(home)) return;
  try {
    mkdirSync(join(home, "looks"), { recursive: true });
    writeFileSync(memoryFile(file, options), JSON.stringify(looksIn(plan)));
  } catch {
    // As above.
  }
}

function looksIn(plan: Plan): readonly RememberedLook[] {
  return plan.instances.flatMap(({ looksAt, fingerprint }) =>
    looksAt === undefined ? [] : [{ instance: looksAt, fingerprint }],
  );
}

async function linesOf(looks: readonly RememberedLook[], store: Store, file: string): Promise<string[]> {
  const lines: string[] = [];
  const unseen: string[] = [];
  for (const { instance, fingerprint } of looks) {
    const stored = await store.find(fingerprint);
    if (stored === undefined) unseen.push(instance);
    else
      for (const { level, text } of (stored.value as unknown as Look).lines)
        lines.push(`${instance}: ${level === "warning" ? "warning: " : ""}${oneLine(text)}`);
  }
  const shown = relative(process.cwd(), resolve(file)) || file;
  if (unseen.length > 0) lines.push(`${unseen.join(", ")}: not looked at yet: pipe data check ${shown}`);
  return lines;
}

function memoryFile(file: string, { profile, set, store }: PipelineOptions): string {
  const key = sha256Of(JSON.stringify([resolve(file), profile ?? null, set]));
  return join(eosinFolder(store), "looks", `${key.slice(0, 16)}.json`);
}
