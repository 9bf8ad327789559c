import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

interface FileStat {
  readonly size: number;
  readonly mtimeMs: number;
}

type Entry = readonly [path: string, size: number, mtimeMs: number, sha256: string];

/**
 * Digests by path, size and modification time. The file is one JSON array a line and only ever appended to, so that
 * processes may share it. It is a convenience: where it cannot be read or written, files are hashed again.
 */
export class HashMemory {
  readonly #file?: string;
  readonly #unsaved: Entry[] = [];
  #entries?: Map<string, Entry>;

  constructor(file?: string) {
    this.#file = file;
  }

  get(path: string, { size, mtimeMs }: FileStat): string | undefined {
    const entry = this.#load().get(path);
    return entry && entry[1] === size && entry[2] === mtimeMs ? entry[3] : undefined;
  }

  set(path: string, { size, mtimeMs }: FileStat, sha256: string): void {
    const entry: Entry = [path, size, mtimeMs, sha256];
    this.#load().set(path, entry);
    this.#unsaved.push(entry);
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
    const lines = this.#read().split("\n");
    for (const line of lines) {
      const entry = parseEntry(line);
      if (entry) this.#entries.set(entry[0], entry);
    }
    if (lines.length > 2 * this.#entries.size + 1000) this.#compact();
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
    const temporary = `${this.#file}.${process.pid}.tmp`;
    try {
      writeFileSync(temporary, toLines([...this.#entries!.values()]));
      renameSync(temporary, this.#file!);
    } catch {
      // As in save.
    }
  }
}

// The leading line break ends a line that a killed process left unfinished.
function toLines(entries: readonly Entry[]): string {
  return `\n${entries.map((entry) => JSON.stringify(entry)).join("\n")}\n`;
}

function parseEntry(line: string): Entry | undefined {
  if (line === "") return undefined;
  try {
    const entry: unknown = JSON.parse(line);
    return Array.isArray(entry) && entry.length === 4 && typeof entry[3] === "string"
      ? (entry as unknown as Entry)
      : undefined;
  } catch {
    return undefined;
  }
}
