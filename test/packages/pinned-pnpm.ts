import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const root = fileURLToPath(new URL("../../", import.meta.url));

const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { packageManager: string };

/** Runs pnpm in the version that package.json pins, as the launcher does. @returns What it printed. */
export async function pnpm(cwd: string, ...args: readonly string[]): Promise<string> {
  const words = ["exec", "--yes", `--package=${packageManager}`, "--", "pnpm", ...args];
  const { stdout } = await promisify(execFile)("npm", words, { cwd, maxBuffer: 1 << 26 });
  return stdout;
}
