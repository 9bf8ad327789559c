import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { EngineInstallation } from "@eosin/plugin-api/learning";

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "eosin-"));

/** A program of a temporary folder, as the first one of its name on the returned PATH. */
export function programInstead(name: string, shellScript: string): { path: string; file: string } {
  const folder = temporaryFolder();
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${shellScript}\n`);
  chmodSync(file, 0o755);
  return { path: `${folder}${delimiter}${process.env.PATH}`, file };
}

/** @param files Paths inside the folder, with their content. */
export function writeFiles(folder: string, files: { readonly [path: string]: string }): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Agrees to everything, and remembers what was said. */
export function agreeing(said: string[] = []): EngineInstallation {
  return {
    assumeYes: true,
    force: false,
    confirm: async () => false,
    say: (line) => said.push(line),
    progress: () => {},
    signal: new AbortController().signal,
  };
}
