import { sha256Of } from "@eosin/support/sha256";

/** File systems take 255 bytes; endings such as `.log` come on top. */
const MOST_BYTES = 200;

/**
 * A document's name, or an instance's id, as the name of a file: axis keys may hold what that may not, e.g. the slash of a
 * component type, and may be longer; then a short hash of the text follows.
 */
export function toFileName(text: string): string {
  const name = plain(text);
  return Buffer.byteLength(name) <= MOST_BYTES ? name : withHash(name, text);
}

/**
 * What files about each instance are called, by instance id. Where two ids would give one name, also on file systems that
 * take upper and lower case as the same, a short hash of the id follows.
 */
export function instanceFileNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const key of new Set(ids)) {
    const name = folded(plain(key));
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Map(ids.map((id) => [id, counts.get(folded(plain(id))) === 1 ? toFileName(id) : withHash(plain(id), id)]));
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: names of files cannot hold them everywhere
  return text.replaceAll(/[/\\:*?"<>|\u0000-\u001f]/g, "-");
}

function withHash(name: string, text: string): string {
  const hash = sha256Of(text).slice(0, 8);
  return `${shortened(name, MOST_BYTES - hash.length - 1)}-${hash}`;
}

function folded(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/** The beginning of a text, whole characters, at most so many bytes. */
function shortened(text: string, bytes: number): string {
  let kept = "";
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > bytes) break;
    kept += character;
  }
  return kept;
}
