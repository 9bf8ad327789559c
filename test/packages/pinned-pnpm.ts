import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const root = fileURLToPath(new URL("../../", import.meta.url));

const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { packageManager: string };

/** A search path on which `pnpm` is the version that package.json pins, as the launcher takes it. */
export async function pathWithPnpm(): Promise<string> {
  const words = ["exec", "--yes", `--package=${packageManager}`, "--", "node", "-p", "process.env.PATH"];
  const { stdout } = await promisify(execFile)("npm", words, { cwd: root });
  return stdout.trim();
}
