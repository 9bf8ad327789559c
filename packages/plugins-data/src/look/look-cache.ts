import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonValue } from "@eosin/plugin-api";
import { sha256Of } from "@eosin/support/sha256";
import { decodeLook, encodeLook, type LookRecord } from "./look-record.js";

/** Records of earlier looks at a data set, by the content of its samples. */
export class LookCache {
  readonly #folder: string;
  readonly #settings: JsonValue;

  /**
   * @param cache The folder that all looks share.
   * @param source What tells data sets apart, e.g. the options of their reader.
   * @param settings What records depend on besides their samples' content.
   */
  constructor(cache: string, source: JsonValue, settings: JsonValue) {
    const name = sha256Of(JSON.stringify(source)).slice(0, 16);
    this.#folder = join(cache, name);
    this.#settings = settings;
  }

  /** By content hash; empty where there is no whole cache. */
  async read(): Promise<ReadonlyMap<string, LookRecord>> {
    try {
      const [lines, pictures] = await Promise.all([
        readFile(join(this.#folder, "records.jsonl"), "utf8"),
        readFile(join(this.#folder, "pictures.bin")),
      ]);
      return new Map(decodeLook({ lines, pictures }, this.#settings).map((record) => [record.sample.hash, record]));
    } catch {
      return new Map();
    }
  }

  /** Replaces what was there. A cache that cannot be written costs time, nothing else. */
  async write(records: readonly LookRecord[]): Promise<void> {
    const { lines, pictures } = encodeLook(records, this.#settings);
    const mine = (name: string) => join(this.#folder, `${name}.${process.pid}.tmp`);
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(mine("pictures.bin"), pictures);
      await writeFile(mine("records.jsonl"), lines);
      // Two looks at once may leave one's lines with the other's pictures: lines name lengths, and what does not fit is looked at again.
      await rename(mine("pictures.bin"), join(this.#folder, "pictures.bin"));
      await rename(mine("records.jsonl"), join(this.#folder, "records.jsonl"));
    } catch {
      // As above.
    }
  }
}
