import path from "node:path";
import type { SourcePlace } from "@eosin/plugin-api";

interface Reading {
  readonly id: string;
  readonly inputs: readonly string[];
}

/** Instances and everything that they depend on, in the order of `all`. */
export function withUpstream<Instance extends Reading>(
  instances: readonly Instance[],
  all: readonly Instance[],
): readonly Instance[] {
  const byId = new Map(all.map((each) => [each.id, each]));
  const found = new Set<Instance>();
  const open = [...instances];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    for (const input of next.inputs) open.push(byId.get(input)!);
  }
  return all.filter((each) => found.has(each));
}

/** `file:line`, relative to the folder of the document, so that it is the same wherever that is. */
export function documentLine({ file, line }: SourcePlace, baseFolder: string): string {
  if (file.startsWith("--")) return file;
  return `${path.relative(baseFolder, file).split(path.sep).join("/")}:${line}`;
}
