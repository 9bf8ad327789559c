import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { doneAndReused } from "../fixtures/run-events.js";
import { readJson } from "../fixtures/workspace.js";
import { type PipeOutcome, pipeEnvironment } from "../run-pipe.js";
import type { LocalRegistry } from "./local-registry.js";

/** What the folder of a run tells. */
export interface RunRecord {
  readonly done: readonly string[];
  readonly reused: readonly string[];
  /** Version of every plugin in its lock. */
  readonly versions: { readonly [plugin: string]: string };
}

/** An empty folder of somebody who has npm, and neither a clone nor pnpm. */
export interface UserFolder {
  readonly folder: string;
  /** Settings of npm that every package in it needs for itself. */
  readonly npmrc: string;
  write(name: string, text: string): void;
  /** Types a line of a shell. */
  type(command: string): Promise<PipeOutcome>;
  lastRun(): RunRecord;
  /** Version of an installed package. */
  installed(name: string): string;
}

export function createUserFolder(folder: string, registry: LocalRegistry): UserFolder {
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  write("package.json", '{ "private": true }\n');
  const npmrc = `${registry.userConfig}audit=false\nfund=false\nprefer-offline=true\n`;
  write(".npmrc", npmrc);
  return {
    folder,
    npmrc,
    write,
    type: (command) =>
      new Promise((resolve) => {
        const options = { cwd: folder, env: pipeEnvironment, maxBuffer: 1 << 26 };
        execFile("sh", ["-c", command], options, (error, stdout, stderr) => {
          resolve({ code: error ? (typeof error.code === "number" ? error.code : 1) : 0, stdout, stderr });
        });
      }),
    lastRun() {
      const runs = join(folder, ".eosin/runs");
      const run = join(runs, readdirSync(runs).sort().at(-1)!);
      const { plugins } = readJson<{ plugins: Record<string, { version: string }> }>(run, "lock.json");
      return {
        ...doneAndReused(readFileSync(join(run, "events.jsonl"), "utf8")),
        versions: Object.fromEntries(Object.entries(plugins).map(([name, { version }]) => [name, version])),
      };
    },
    installed: (name) => readJson<{ version: string }>(folder, "node_modules", name, "package.json").version,
  };
}
