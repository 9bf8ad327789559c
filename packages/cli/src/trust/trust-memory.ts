import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";

/** What this user agreed to: the files of a plugin, or made: a run. */
export type Trusted =
  | readonly ["plugin", folder: string, hash: string]
  /** Of what is in its folder. */
  | readonly ["run", digest: string];

/** `EOSIN_TRUST`, else in the user's own folder of data: the working folder and what is in it have no say. */
export function trustFile(env: NodeJS.ProcessEnv = process.env): string {
  const { EOSIN_TRUST, XDG_DATA_HOME } = env;
  if (EOSIN_TRUST) return EOSIN_TRUST;
  // The specification: a relative path is to be passed over.
  const data = XDG_DATA_HOME && isAbsolute(XDG_DATA_HOME) ? XDG_DATA_HOME : join(homedir(), ".local", "share");
  return join(data, "eosin", "trusted.jsonl");
}

/** What was remembered, one JSON array a line. Where it cannot be read nothing is trusted. */
export function isTrusted(wanted: Trusted): boolean {
  return readLines().includes(JSON.stringify(wanted));
}

/** Whether files of a plugin were agreed to that are others now. */
export function wasTrustedOtherwise(folder: string): boolean {
  const start = JSON.stringify(["plugin", folder]).slice(0, -1);
  return readLines().some((line) => line.startsWith(`${start},`));
}

/** Where it cannot be written, the question comes again. */
export function remember(trusted: readonly Trusted[]): void {
  const known = readLines();
  const lines = trusted.map((each) => JSON.stringify(each)).filter((line) => !known.includes(line));
  if (lines.length === 0) return;
  const file = trustFile();
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // The leading line break ends a line that a killed process left unfinished.
    appendFileSync(file, `\n${lines.join("\n")}\n`, { mode: 0o600 });
  } catch {
    // Nobody is to be kept from working by a read-only home.
  }
}

function readLines(): readonly string[] {
  try {
    return readFileSync(trustFile(), "utf8").split("\n");
  } catch {
    return [];
  }
}
