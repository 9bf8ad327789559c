import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openStore } from "@eosin/core";
import { afterAll } from "vitest";
import { pipeBin, pipeEnvironment } from "../run-pipe.js";

export const digests = fileURLToPath(new URL("digests.yaml", import.meta.url));
export const crash = fileURLToPath(new URL("crash.yaml", import.meta.url));

export interface EndedRun {
  readonly code: number | null;
  /** Everything that it printed. */
  readonly output: string;
}

/** A `pipe run` underway, as leader of its own process group. */
export interface StartedRun {
  readonly child: ChildProcess;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly ended: Promise<EndedRun>;
}

const made: string[] = [];

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** Removed when the test file is done. */
export function emptyFolder(): string {
  made.push(mkdtempSync(join(tmpdir(), "eosin-faults-")));
  return made.at(-1)!;
}

export function startRun(file: string, store: string, more: readonly string[] = [], env = {}): StartedRun {
  const startedAt = Date.now();
  const child = spawn(process.execPath, [pipeBin, "run", file, "--store", store, ...more], {
    cwd: tmpdir(),
    detached: true,
    env: { ...pipeEnvironment, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => (output += data));
  const ended = new Promise<EndedRun>((resolve) => child.on("close", (code) => resolve({ code, output })));
  return { child, startedAt, ended };
}

export function runToEnd(file: string, store: string, more: readonly string[] = [], env = {}): Promise<EndedRun> {
  return startRun(file, store, more, env).ended;
}

/** SHA-256 of every manifest (value, names and hashes of blobs), after all blobs were held against theirs. */
export async function storedHashes(folder: string): Promise<{ readonly [fingerprint: string]: string }> {
  const store = await openStore(join(folder, "store"));
  const artifacts = join(folder, "store/artifacts");
  const hashes: { [fingerprint: string]: string } = {};
  for (const file of readdirSync(artifacts, { recursive: true, encoding: "utf8" }).sort()) {
    if (!file.endsWith(".json")) continue;
    const fingerprint = file.slice(-69, -5);
    await store.read(fingerprint);
    hashes[fingerprint] = createHash("sha256")
      .update(readFileSync(join(artifacts, file)))
      .digest("hex");
  }
  return hashes;
}

/** Processes that compute an instance now, from the locks that they hold. */
export function computingProcesses(folder: string): number[] {
  const locks = join(folder, "store/locks");
  return listed(locks).flatMap((name) => {
    try {
      return [JSON.parse(readFileSync(join(locks, name), "utf8")).pid as number];
    } catch {
      return [];
    }
  });
}

/** Whether a step that `run` started is in the middle of writing a checkpoint, or was when it was killed. */
export function isWritingCheckpoint(folder: string, { startedAt }: StartedRun): boolean {
  const scratches = join(folder, "store/scratch");
  return listed(scratches).some((name) => {
    const half = statSync(join(scratches, name, "checkpoint.json.tmp"), { throwIfNoEntry: false });
    return half !== undefined && half.mtimeMs >= startedAt;
  });
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
