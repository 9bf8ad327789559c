import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sha256Of } from "@eosin/support/sha256";
import { isTrusted, remember } from "./trust-memory.js";

/**
 * Runs that this user made, told by what is in their folders: a folder may be moved, but a plan that somebody sent, or
 * edited, is not one of them.
 */
export function rememberRun(folder: string): void {
  remember([
    ["run", planDigest(join(folder, "plan.json"))],
    ["run", demandDigest(folder)],
  ]);
}

/** @param planFile The `plan.json` of a run. */
export function isPlanMadeHere(planFile: string): boolean {
  return isKnown(() => planDigest(planFile));
}

/** Whether what the run was asked for, and the copies of its documents, are as they were written. */
export function isDemandMadeHere(folder: string): boolean {
  return isKnown(() => demandDigest(folder));
}

function isKnown(digest: () => string): boolean {
  try {
    return isTrusted(["run", digest()]);
  } catch {
    return false;
  }
}

function planDigest(file: string): string {
  return digestOf([file]);
}

function demandDigest(folder: string): string {
  const copies = join(folder, "documents");
  return digestOf([join(folder, "demand.json"), ...readdirSync(copies).map((name) => join(copies, name))]);
}

function digestOf(files: readonly string[]): string {
  const hash = createHash("sha256");
  const base = dirname(files[0]);
  for (const file of [...files].sort()) {
    const content = sha256Of(readFileSync(file));
    hash.update(`${file.slice(base.length)}\n${content}\n`);
  }
  return hash.digest("hex");
}
