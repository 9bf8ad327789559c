import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { EosinError } from "@eosin/plugin-api";
import type { ReadingRemark } from "@eosin/plugin-api/imaging";
import { inParallel } from "@eosin/support/in-parallel";
import { sha256Of } from "@eosin/support/sha256";
import {
  type FailedImage,
  MANIFEST,
  type ManifestImage,
  type PredictionCall,
  readManifest,
  writeManifest,
  writeWhole,
} from "../predictions-manifest/manifest.js";

/** What a call is asked for; the images are in {@link OutputFolder.open}. */
export type AskedCall = Omit<PredictionCall, "images" | "failed">;

export interface PlannedImage {
  readonly id: string;
  readonly image: string;
}

const OPEN_AT_ONCE = 8;

/**
 * The folder that predictions go to. What is there already is overwritten only where an earlier prediction wrote
 * it and nobody changed it since. Its manifest names every output before it is written: a call that was broken off
 * leaves none that nobody knows.
 */
export class OutputFolder {
  readonly #folder: string;
  readonly #call: AskedCall;
  readonly #images: Map<string, ManifestImage>;

  private constructor(folder: string, call: AskedCall, images: readonly ManifestImage[]) {
    this.#folder = folder;
    this.#call = call;
    this.#images = new Map(images.map((each) => [each.id, each]));
  }

  /** @throws EosinError `OUTPUT_EXISTS` naming a file that is in the way, `OUTPUT_UNWRITABLE` */
  static async open(folder: string, planned: readonly PlannedImage[], call: AskedCall): Promise<OutputFolder> {
    const images = planned.map(({ id, image }) => ({
      id,
      image,
      mask: `masks/${id}.png`,
      probability: `probabilities/${id}.png`,
    }));
    await refuseOthers(folder, images);
    const output = new OutputFolder(folder, call, images);
    await output.#writeManifest([]);
    return output;
  }

  /** @returns The paths of the two files. */
  async write(
    id: string,
    files: { readonly mask: Uint8Array; readonly probability: Uint8Array },
    facts: { readonly coverage: number; readonly remarks?: readonly ReadingRemark[] },
  ): Promise<{ readonly mask: string; readonly probability: string }> {
    const planned = this.#images.get(id) as ManifestImage;
    const paths = { mask: join(this.#folder, planned.mask), probability: join(this.#folder, planned.probability) };
    await writeWhole(paths.mask, files.mask);
    await writeWhole(paths.probability, files.probability);
    const sha256 = { mask: digest(files.mask), probability: digest(files.probability) };
    this.#images.set(id, { ...planned, ...facts, sha256 });
    return paths;
  }

  /** Says in the manifest what was written and what failed; what was not written stays with earlier calls. */
  async close(failed: readonly FailedImage[]): Promise<void> {
    for (const [id, { sha256 }] of this.#images) if (sha256 === undefined) this.#images.delete(id);
    await this.#writeManifest(failed);
  }

  /** Reads it again first: another call may have written to the folder meanwhile. */
  async #writeManifest(failed: readonly FailedImage[]): Promise<void> {
    const images = [...this.#images.values()];
    // Until it is written again, a file is what its earlier call says.
    const mine = new Set(images.flatMap(({ id, sha256 }) => (sha256 === undefined ? [] : [id])));
    const others = ((await readManifest(this.#folder)) ?? []).flatMap((call) => {
      if (call.when === this.#call.when) return [];
      const kept = call.images.filter(({ id }) => !mine.has(id));
      return kept.length === 0 ? [] : [{ ...call, images: kept }];
    });
    await writeManifest(this.#folder, [...others, { ...this.#call, images, failed }]);
  }
}

async function refuseOthers(folder: string, images: readonly ManifestImage[]): Promise<void> {
  const manifest = join(folder, MANIFEST);
  const calls = await readManifest(folder);
  if (calls === undefined && (await exists(manifest))) throw inTheWay([manifest]);
  const written = new Map<string, string | undefined>();
  for (const { mask, probability, sha256 } of (calls ?? []).flatMap((call) => call.images)) {
    written.set(mask, sha256?.mask).set(probability, sha256?.probability);
  }
  const files = images.flatMap(({ mask, probability }) => [mask, probability]);
  const others = await inParallel(files, OPEN_AT_ONCE, async (file) => {
    const path = join(folder, file);
    if (!(await exists(path))) return [];
    const known = written.get(file);
    // An output that was under way when its call was broken off has no digest.
    if (written.has(file) && (known === undefined || known === digest(await readFile(path)))) return [];
    return [path];
  });
  if (others.flat().length > 0) throw inTheWay(others.flat());
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

function digest(bytes: Uint8Array): string {
  return sha256Of(bytes);
}

function inTheWay(files: readonly string[]): EosinError {
  const more = files.length - 1;
  return new EosinError({
    code: "OUTPUT_EXISTS",
    message: "A file is where a prediction would go, and is not as an earlier prediction wrote it.",
    place: files[0],
    expected: `a folder without files of these names, or with those that its ${MANIFEST} names, unchanged`,
    found: more === 0 ? "a file of another making" : `${files.length} files of another making`,
    next: "Give another --out, or move what is there.",
  });
}
