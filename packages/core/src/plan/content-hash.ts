import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { EosinError, type FileHasher, type SourcePlace } from "@eosin/plugin-api";
import { hashJson } from "./canonical-json.js";

/**
 * The hash of what a path holds: of a file its SHA-256, of a folder that of its files by relative path. Names above it
 * do not count.
 * @param shown The path as an error may name it.
 * @throws EosinError `FILE_MISSING`
 */
export async function contentHash(
  file: string,
  hasher: FileHasher,
  place: SourcePlace,
  shown: string = file,
): Promise<string> {
  const stats = await stat(file).catch((cause: unknown) => {
    throw new EosinError({
      code: "FILE_MISSING",
      message: "A file that the options name cannot be read.",
      place,
      expected: "a file or a folder, relative to the document",
      found: shown,
      next: "Check the path.",
      cause,
    });
  });
  if (!stats.isDirectory()) return (await hasher.hashAll([file]))[0];
  const entries = await readdir(file, { recursive: true, withFileTypes: true });
  const inside = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
  const hashes = await hasher.hashAll(inside);
  const relative = inside.map((each) => path.relative(file, each).split(path.sep).join("/"));
  return hashJson(relative.map((name, index) => [name, hashes[index]]));
}
