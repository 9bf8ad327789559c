import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { EngineInstallation } from "@eosin/plugin-api/learning";
import { fastBlas } from "./blas.js";
import { runCommand } from "./run-command.js";

const packages = ["libtorch-dev", "g++", fastBlas] as const;
const LAST_LINES = 3;

/** Debian's packages of libtorch, a compiler and a fast BLAS, as one command for all users of the machine. */
export interface AptCommand {
  /** With `sudo` where it needs that. */
  readonly command: readonly string[];
  readonly update: readonly string[];
}

/** @returns Nothing where this is no Debian or Ubuntu, or its packages can't be installed by this user. */
export function aptCommand({
  env = process.env,
  root = "/",
}: {
  env?: NodeJS.ProcessEnv;
  root?: string;
} = {}): AptCommand | undefined {
  if (!existsSync(join(root, "etc", "debian_version")) || !onPath("apt-get", env)) return undefined;
  const administrator = process.getuid?.() === 0;
  if (!administrator && !onPath("sudo", env)) return undefined;
  const prefix = administrator ? [] : ["sudo"];
  return {
    command: [...prefix, "apt-get", "install", "--yes", "--no-install-recommends", ...packages],
    update: [...prefix, "apt-get", "update"],
  };
}

/** Fetches the lists of packages first where they know none. @returns Why it failed, where it did. */
export async function runApt({ command, update }: AptCommand, how: EngineInstallation): Promise<string | undefined> {
  const run = async ([program, ...args]: readonly string[]) => {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const options = { env, signal: how.signal, interactive: true, onLine: how.say };
    const { status, stdout, stderr } = await runCommand(program, args, options);
    if (status === 0) return undefined;
    return (stderr.trim() || stdout.trim()).split("\n").slice(-LAST_LINES).join("\n");
  };
  const known = await runCommand("apt-cache", ["show", packages[0]], { signal: how.signal });
  if (known.status !== 0 || known.stdout === "") {
    const failure = await run(update);
    if (failure) return failure;
  }
  return run(command);
}

function onPath(program: string, env: NodeJS.ProcessEnv): boolean {
  return (env.PATH ?? "").split(delimiter).some((folder) => folder !== "" && existsSync(join(folder, program)));
}
