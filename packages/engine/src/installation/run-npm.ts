import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { EosinError } from "@eosin/plugin-api";
import type { EngineInstallation } from "@eosin/plugin-api/learning";
import { messageOf } from "@eosin/support/message-of";

/** How much of what npm said goes into the error. */
const LAST_LINES = 12;

const networkTrouble =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED)\b/;

export interface NpmRun {
  /** Of the engine that is being installed. */
  readonly engine: string;
  readonly folder: string;
  /** e.g. `["install", "webgpu@0.6.2"]` */
  readonly args: readonly string[];
  /** What to do where npm fails for another reason than the network. */
  readonly next: string;
  /** Knows a failure of an install script by what npm printed. */
  readonly explain?: (lines: readonly string[]) => { readonly message: string; readonly next: string } | undefined;
}

/**
 * Runs npm in a folder of its own. What it prints is shown as it comes.
 * @throws EosinError `ENGINE_INSTALL_FAILED`, with npm's last lines.
 */
export async function runNpm({ engine, folder, args, next, explain }: NpmRun, how: EngineInstallation): Promise<void> {
  const lines: string[] = [];
  const fail = (message: string, then: string, cause?: unknown) =>
    new EosinError({
      code: "ENGINE_INSTALL_FAILED",
      message,
      place: folder,
      found: tellingLines(lines).join("\n") || undefined,
      next: then,
      cause,
    });
  let status: number | null;
  try {
    status = await run(folder, args, how, lines);
  } catch (cause) {
    if (how.signal.aborted) throw cause;
    const reason = messageOf(cause);
    throw fail(`npm could not be started: ${reason}.`, "Put npm, which comes with Node.js, on the PATH.", cause);
  }
  if (status === 0) return;
  const known = explain?.(lines);
  if (known) throw fail(known.message, known.next);
  if (lines.some((line) => networkTrouble.test(line))) {
    throw fail(
      `The engine ${engine} was not installed: npm reached no registry.`,
      `Connect to the network, or name a registry that is reached (npm config set registry URL); then pipe engine install ${engine}`,
    );
  }
  throw fail(`The engine ${engine} was not installed: \`npm ${args[0]}\` failed.`, next);
}

/** The end, where npm sums up, and before it what a compiler said first. */
function tellingLines(lines: readonly string[]): readonly string[] {
  const last = lines.slice(-LAST_LINES);
  const compiler = lines.filter((line) => /(^|\s)(fatal )?error: /.test(line) && !line.startsWith("npm "));
  return [...compiler.slice(0, 3).filter((line) => !last.includes(line)), ...last];
}

/** Where Node.js was installed with its headers, addons are compiled with those; node-gyp would download them. */
function environment(): NodeJS.ProcessEnv {
  const home = dirname(dirname(process.execPath));
  const own = existsSync(join(home, "include", "node", "node_api.h"));
  return own ? { npm_config_nodedir: home, ...process.env } : process.env;
}

function run(
  folder: string,
  args: readonly string[],
  { say, signal }: EngineInstallation,
  lines: string[],
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const npm = spawn("npm", [...args, "--prefix", folder, "--no-audit", "--no-fund", "--loglevel", "warn"], {
      cwd: folder,
      env: environment(),
      signal,
      stdio: ["ignore", "pipe", "pipe"],
      // npm is a .cmd file there, which only a shell starts.
      shell: process.platform === "win32",
    });
    for (const stream of [npm.stdout, npm.stderr]) {
      let rest = "";
      const take = (line: string) => {
        if (line.trim() === "") return;
        lines.push(line);
        say(line);
      };
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        const parts = (rest + chunk).split(/\r?\n/);
        rest = parts.pop() ?? "";
        parts.forEach(take);
      });
      stream.on("end", () => take(rest));
    }
    npm.on("error", reject);
    npm.on("close", resolve);
  });
}
