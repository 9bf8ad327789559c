import { sha256Of } from "@eosin/support/sha256";

/** Bytes of a key: file names hold 255, and more than the key. */
const MOST_BYTES = 160;

/**
 * Keys of folds that are called by names in any script: letters and digits stay, all else becomes `-`. Where two would
 * then be the same, or one is too long for a file's name, a short hash of the name follows.
 * @param names Unique. @returns A key each, unique.
 */
export function foldKeys(names: readonly string[]): string[] {
  const plain = names.map((name) => name.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}._-]+/gu, "-"));
  const counts = new Map<string, number>();
  for (const each of plain) counts.set(each, (counts.get(each) ?? 0) + 1);
  return plain.map((key, i) => {
    if (counts.get(key) === 1 && Buffer.byteLength(key) <= MOST_BYTES) return key;
    const hash = sha256Of(names[i]).slice(0, 8);
    return `${shortened(key, MOST_BYTES - hash.length - 1)}-${hash}`;
  });
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
