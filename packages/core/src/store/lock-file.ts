import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, type ProcessIdentity, thisProcess } from "@eosin/support/process-identity";
import { temporaryBeside } from "@eosin/support/temporary-file";

/** A lock held on another machine is taken over when its holder has not shown signs of life for this long. */
const silentForMs = 10 * 60_000;
const signOfLifeEveryMs = 60_000;
const pollEveryMs = 100;
/** Between creating the file and writing who holds it, where the disk has no links. */
const unreadableForMs = 10_000;

export interface LockWaiting {
  readonly signal?: AbortSignal;
  /** Called once, when another process holds the lock. */
  onWait?(holder: string): void;
}

/** Takes a lock between processes; one of a process that died is taken over. @returns What releases it. */
export async function takeLock(file: string, waiting: LockWaiting = {}): Promise<() => void> {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!tryToCreate(file)) {
    const holder = readHolder(file);
    if (holder === undefined) continue;
    if (holder.stale) {
      removeStale(file, holder.text);
      continue;
    }
    if (!told) waiting.onWait?.(holder.name);
    told = true;
    await sleep(pollEveryMs, undefined, { signal: waiting.signal });
  }
  return hold(file);
}

/** @returns What releases the lock; nothing where a process that may still live has it. */
export function tryLock(file: string): (() => void) | undefined {
  mkdirSync(dirname(file), { recursive: true });
  removeDeadLock(file);
  return tryToCreate(file) ? hold(file) : undefined;
}

export function removeDeadLock(file: string): void {
  const holder = readHolder(file);
  if (holder?.stale) removeStale(file, holder.text);
}

function hold(file: string): () => void {
  const signOfLife = setInterval(() => touch(file), signOfLifeEveryMs).unref();
  return () => {
    clearInterval(signOfLife);
    rmSync(file, { force: true });
  };
}

/** @returns Whether a living process holds the lock. */
export function isLocked(file: string): boolean {
  return readHolder(file)?.stale === false;
}

const withoutLinks = new Set(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EMLINK"]);

/** The lock appears with its holder's name in it: a kill leaves none that nobody can be found to hold. */
function tryToCreate(file: string): boolean {
  if (existsSync(file)) return false;
  const own = temporaryBeside(file);
  try {
    writeFileSync(own, JSON.stringify(thisProcess()));
    linkSync(own, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (withoutLinks.has(code ?? "")) return createInPlace(file);
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function createInPlace(file: string): boolean {
  try {
    writeFileSync(file, JSON.stringify(thisProcess()), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    // A full disk makes the file and then refuses its content.
    rmSync(file, { force: true });
    throw error;
  }
}

function readHolder(file: string): { text: string; name: string; stale: boolean } | undefined {
  try {
    const text = readFileSync(file, "utf8");
    const silence = Date.now() - statSync(file).mtimeMs;
    const holder = parseHolder(text);
    if (!holder) return { text, name: "another process", stale: silence > unreadableForMs };
    const alive = isAlive(holder);
    const stale = alive === undefined ? silence > silentForMs : !alive;
    return { text, name: `process ${holder.pid} on ${holder.host}`, stale };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function parseHolder(text: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(text) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

/** Two may find the same dead lock: what was moved away is put back where it turns out to be a new, living one. */
function removeStale(file: string, text: string): void {
  const aside = temporaryBeside(file);
  try {
    renameSync(file, aside);
    if (readFileSync(aside, "utf8") !== text) linkSync(aside, file);
  } catch (error) {
    if (!["ENOENT", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function touch(file: string): void {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // Taken over or removed: the store's own writes stay atomic.
  }
}
