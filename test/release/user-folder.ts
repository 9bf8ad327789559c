import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type PipeOutcome, pipeEnvironment } from "../run-pipe.js";
import type { LocalRegistry } from "./local-registry.js";

/** An empty folder of somebody who has npm, and neither a clone nor pnpm. */
export interface UserFolder {
  readonly folder: string;
  write(name: string, text: string): void;
  /** `npm install …`. */
  install(...packages: readonly string[]): Promise<PipeOutcome>;
  /** `npx pipe …`, the installed one alone. */
  pipe(...args: readonly string[]): Promise<PipeOutcome>;
  /** Version of an installed package. */
  installed(name: string): string;
}

export function createUserFolder(folder: string, registry: LocalRegistry): UserFolder {
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const run = (program: string, args: readonly string[]): Promise<PipeOutcome> =>
    new Promise((resolve) => {
      const options = { cwd: folder, env: { ...pipeEnvironment, NO_COLOR: "1" }, maxBuffer: 1 << 26 };
      execFile(program, args, options, (error, stdout, stderr) => {
        resolve({ code: error ? (typeof error.code === "number" ? error.code : 1) : 0, stdout, stderr });
      });
    });
  write("package.json", '{ "private": true }\n');
  write(".npmrc", registry.userConfig);
  return {
    folder,
    write,
    install: (...packages) => run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...packages]),
    pipe: (...args) => run("npx", ["--no", "pipe", ...args]),
    installed: (name) => {
      const manifest = readFileSync(join(folder, "node_modules", name, "package.json"), "utf8");
      return (JSON.parse(manifest) as { version: string }).version;
    },
  };
}
