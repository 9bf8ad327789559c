import { resolve } from "node:path";
import { pictureEndings } from "@eosin/pictures";
import { EosinError, nearestName, type SourcePlace } from "@eosin/plugin-api";
import { z } from "@eosin/plugin-api/zod";
import { lineOf, readText } from "../tables/read-text.js";

/** Where an id was excluded: a line of a file, or nowhere in particular. */
type Place = SourcePlace | string | undefined;

/** The ids that a dataset leaves out; knows which of them came up. */
export class Exclusion {
  readonly #places: ReadonlyMap<string, Place>;
  readonly #met = new Set<string>();

  constructor(places: ReadonlyMap<string, Place> = new Map()) {
    this.#places = places;
  }

  /** Whether the sample is left out. */
  covers(id: string): boolean {
    if (!this.#places.has(id)) return false;
    this.#met.add(id);
    return true;
  }

  /**
   * @param ids All ids that are not left out, @param elsewhere says which ids were not looked for.
   * @throws EosinError `SAMPLE_UNKNOWN` where an id never came up: it is mistyped, and its sample is in the data.
   */
  refuseUnknown(ids: readonly string[], elsewhere: (id: string) => boolean = () => false): void {
    for (const [id, place] of this.#places) {
      if (this.#met.has(id) || elsewhere(id)) continue;
      throw new EosinError({
        code: "SAMPLE_UNKNOWN",
        message: `The dataset has no sample ${id} to leave out.`,
        place,
        expected: ids.length === 0 ? "an id of the dataset" : `ids such as ${ids[0]}`,
        found: id,
        didYouMean:
          ids.find((each) => each === withoutEnding(id) || each.endsWith(`/${withoutEnding(id)}`)) ??
          nearestName(id, ids),
        next: "Correct the id, or take it out of `exclude`.",
      });
    }
  }
}

/** Whoever copies the name of a file has its ending, too. */
function withoutEnding(id: string): string {
  const dot = id.lastIndexOf(".");
  return pictureEndings.includes(id.slice(dot + 1).toLowerCase()) ? id.slice(0, dot) : id;
}

export interface ExclusionOptions {
  readonly exclude?: readonly string[];
  readonly excludeFile?: string;
}

/** @throws EosinError `FILE_MISSING`, `TEXT_ENCODING`, `ID_LIST_INVALID`. */
export async function readExclusion(
  { exclude = [], excludeFile }: ExclusionOptions,
  baseFolder: string,
): Promise<Exclusion> {
  const places = new Map<string, Place>(exclude.map((id) => [id.normalize("NFC"), undefined]));
  if (excludeFile !== undefined) {
    const file = resolve(baseFolder, excludeFile);
    const text = await readText(file, "The file of excluded ids", "Correct the option `excludeFile`.");
    for (const [id, place] of /^\s*[[{]/.test(text) ? idsOfJson(text, file) : idsOfLines(text, file)) {
      places.set(id.normalize("NFC"), place);
    }
  }
  return new Exclusion(places);
}

function idsOfJson(text: string, file: string): (readonly [string, Place])[] {
  try {
    return z
      .array(z.string().min(1))
      .parse(JSON.parse(text))
      .map((id) => [id, file] as const);
  } catch (cause) {
    throw new EosinError({
      code: "ID_LIST_INVALID",
      message: "The file holds no list of ids.",
      place: file,
      expected: 'JSON of the form ["A/p0", "A/p1"], or text with one id a line',
      found: cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause),
      next: "Correct the file.",
      cause,
    });
  }
}

/** One id a line; empty lines and lines that begin with # say nothing. */
function idsOfLines(text: string, file: string): (readonly [string, Place])[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line, i) => [line.trim(), lineOf(file, i + 1)] as const)
    .filter(([id]) => id !== "" && !id.startsWith("#"));
}
