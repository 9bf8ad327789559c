import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { JsonValue } from "@eosin/plugin-api";
import { sha256Of } from "@eosin/support/sha256";
import { temporaryBeside } from "@eosin/support/temporary-file";
import type { FileStamp } from "./file-stamp.js";

/** What was read of a file. */
interface Reading {
  readonly sha256: string;
  /** What a reader of that kind said of it. */
  readonly said?: { readonly kind: string; readonly fact: JsonValue };
}

interface Entry {
  readonly stamp: string;
  readonly sha256: string;
  /** Name of a fact. */
  readonly fact?: string;
}

/**
 * Lines of the file, each a JSON array. Files of which a reader says the same, as of a scanner's pictures, share one fact,
 * which has the name of its content.
 */
type Line =
  | readonly [path: string, stamp: string, sha256: string]
  | readonly [path: string, stamp: string, sha256: string, kind: string, fact: string]
  | readonly [fact: string, said: JsonValue];

/** Of {@link Reading}s without `said`. */
const digestKind = "";

/**
 * What was read of files, by path, stamp and kind. The file is only ever appended to, so that processes may share it;
 * lines of other forms, e.g. of earlier versions, say nothing. It is a convenience: where it cannot be read or written,
 * files are read again.
 */
export class HashMemory {
  readonly #file?: string;
  readonly #forgetful: boolean;
  readonly #unsaved: Line[] = [];
  readonly #facts = new Map<string, JsonValue>();
  /** Of facts, by themselves. */
  readonly #names = new Map<string, string>();
  #hidden: readonly string[] = [];
  /** By kind, then by path. */
  #entries?: Map<string, Map<string, Entry>>;

  /** @param forgetful Takes nothing from the file: what this process tells it is written over what was there. */
  constructor(file: string | undefined, forgetful: boolean) {
    this.#file = file;
    this.#forgetful = forgetful;
  }

  digestOf(path: string, { text }: FileStamp): string | undefined {
    const entry = this.#load().get(digestKind)?.get(path);
    return entry?.stamp === text ? entry.sha256 : undefined;
  }

  factOf(kind: string, path: string, { text }: FileStamp): { sha256: string; fact: JsonValue } | undefined {
    const entry = this.#load().get(kind)?.get(path);
    if (entry?.stamp !== text || entry.fact === undefined) return undefined;
    const fact = this.#facts.get(entry.fact);
    return fact === undefined ? undefined : { sha256: entry.sha256, fact };
  }

  set(path: string, { text: stamp }: FileStamp, { sha256, said }: Reading): void {
    // What is read is beside what was read: of neither is anything kept.
    const isHidden = this.#hidden.some((each) => path.includes(each));
    const fact = said && this.#name(said.fact, isHidden);
    entriesOf(said?.kind ?? digestKind, this.#load()).set(path, { stamp, sha256, fact });
    if (isHidden) return;
    this.#unsaved.push(said && fact ? [path, stamp, sha256, said.kind, fact] : [path, stamp, sha256]);
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

  #name(fact: JsonValue, isHidden: boolean): string {
    const name = sha256Of(JSON.stringify(fact)).slice(0, 32);
    if (!this.#facts.has(name)) {
      this.#facts.set(name, fact);
      if (!isHidden) this.#unsaved.push([name, fact]);
    }
    return name;
  }

  #load(): Map<string, Map<string, Entry>> {
    if (this.#entries) return this.#entries;
    const entries = new Map<string, Map<string, Entry>>();
    this.#entries = entries;
    if (this.#forgetful) return entries;
    let lines = 0;
    for (const line of linesOf(this.#read())) {
      lines++;
      this.#take(line, entries);
    }
    const kept = [...entries.values()].reduce((sum, { size }) => sum + size, this.#facts.size);
    if (lines > 2 * kept + 1000) this.#compact(entries);
    return entries;
  }

  #take(line: Line, entries: Map<string, Map<string, Entry>>): void {
    if (line.length === 2) {
      this.#facts.set(...line);
      return;
    }
    const [path, stamp, sha256, kind = digestKind, fact] = line;
    // One text for all lines that name the fact, not as many as lines.
    const name = fact === undefined ? undefined : (this.#names.get(fact) ?? fact);
    if (name !== undefined) this.#names.set(name, name);
    entriesOf(kind, entries).set(path, { stamp, sha256, fact: name });
  }

  #read(): string {
    if (this.#file === undefined) return "";
    try {
      return readFileSync(this.#file, "utf8");
    } catch {
      return "";
    }
  }

  #compact(entries: Map<string, Map<string, Entry>>): void {
    const temporary = temporaryBeside(this.#file!);
    const lines: Line[] = [...this.#facts];
    for (const [kind, byPath] of entries) {
      for (const [path, { stamp, sha256, fact }] of byPath) {
        lines.push(fact === undefined ? [path, stamp, sha256] : [path, stamp, sha256, kind, fact]);
      }
    }
    try {
      writeFileSync(temporary, toLines(lines));
      renameSync(temporary, this.#file!);
    } catch {
      // As in save; half a file is of no use.
      rmSync(temporary, { force: true });
    }
  }
}

function entriesOf(kind: string, entries: Map<string, Map<string, Entry>>): Map<string, Entry> {
  const known = entries.get(kind);
  if (known) return known;
  const none = new Map<string, Entry>();
  entries.set(kind, none);
  return none;
}

// The leading line break ends a line that a killed process left unfinished.
function toLines(lines: readonly Line[]): string {
  return `\n${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
}

/** One by one: texts of all of them at once would outlive their use, and be copied on the way. */
function* linesOf(text: string): Generator<Line> {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    const line = end > start ? parsed(text.slice(start, end)) : undefined;
    if (line) yield line;
    start = end + 1;
  }
}

function parsed(line: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isLine(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isLine(value: unknown): value is Line {
  if (!Array.isArray(value)) return false;
  const texts = value.length === 2 ? 1 : value.length;
  if (texts !== 1 && texts !== 3 && texts !== 5) return false;
  for (let i = 0; i < texts; i++) if (typeof value[i] !== "string") return false;
  return true;
}
