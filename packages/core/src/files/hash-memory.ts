import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { temporaryBeside } from "@eosin/support/temporary-file";
import type { FileStamp } from "./file-stamp.js";

type Entry = readonly [path: string, stamp: string, sha256: string];

/**
 * Digests by path and stamp. The file is one JSON array a line and only ever appended to, so that processes may share
 * it; lines of other forms, e.g. of earlier versions, say nothing. It is a convenience: where it cannot be read or
 * written, files are hashed again.
 */
export class HashMemory {
  readonly #file?: string;
  readonly #forgetful: boolean;
  readonly #unsaved: Entry[] = [];
  #hidden: readonly string[] = [];
  #entries?: Map<string, Entry>;

  /** @param forgetful Takes nothing from the file: what this process tells it is written over what was there. */
  constructor(file: string | undefined, forgetful: boolean) {
    this.#file = file;
    this.#forgetful = forgetful;
  }

  get(path: string, { text }: FileStamp): string | undefined {
    const entry = this.#load().get(path);
    return entry && entry[1] === text ? entry[2] : undefined;
  }

  set(path: string, { text }: FileStamp, sha256: string): void {
    const entry: Entry = [path, text, sha256];
    this.#load().set(path, entry);
    // What is read is beside what was read: of neither is anything kept.
    if (!this.#hidden.some((each) => path.includes(each))) this.#unsaved.push(entry);
  }

  /** Nothing is kept on disk of files whose path holds one of these texts. */
  hide(texts: readonly string[]): void {
    this.#hidden = [...new Set([...this.#hidden, ...texts])];
  }

  save(): void {
    if (this.#file === undefined || this.#unsaved.length === 0) return;
    const lines = toLines(this.#unsaved);
    this.#unsaved.length = 0;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      appendFileSync(this.#file, lines);
    } catch {
      // A full or read-only disk is reported by what must be written, not by what may be.
    }
  }

  #load(): Map<string, Entry> {
    if (this.#entries) return this.#entries;
    this.#entries = new Map();
    if (this.#forgetful) return this.#entries;
    const entries = parseEntries(this.#read());
    for (const entry of entries) this.#entries.set(entry[0], entry);
    if (entries.length > 2 * this.#entries.size + 1000) this.#compact();
    return this.#entries;
  }

  #read(): string {
    if (this.#file === undefined) return "";
    try {
      return readFileSync(this.#file, "utf8");
    } catch {
      return "";
    }
  }

  #compact(): void {
    const temporary = temporaryBeside(this.#file!);
    try {
      writeFileSync(temporary, toLines([...this.#entries!.values()]));
      renameSync(temporary, this.#file!);
    } catch {
      // As in save; half a file is of no use.
      rmSync(temporary, { force: true });
    }
  }
}

// The leading line break ends a line that a killed process left unfinished.
function toLines(entries: readonly Entry[]): string {
  return `\n${entries.map((entry) => JSON.stringify(entry)).join("\n")}\n`;
}

/** All at once where it can be: a line that a killed process left unfinished spoils that, and is then left out. */
function parseEntries(text: string): readonly Entry[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return parsed(`[${lines.join(",")}]`, isEntries) ?? lines.flatMap((line) => parsed(`[${line}]`, isEntries) ?? []);
}

function parsed<Value>(text: string, fits: (value: unknown) => value is Value): Value | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return fits(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEntries(value: unknown): value is Entry[] {
  return (
    Array.isArray(value) &&
    value.every(
      (entry) => Array.isArray(entry) && entry.length === 3 && entry.every((part) => typeof part === "string"),
    )
  );
}
