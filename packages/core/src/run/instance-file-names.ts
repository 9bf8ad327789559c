import { createHash } from "node:crypto";

/** Bytes of a name, with room for `plan-` and `.json`: file systems allow 255. */
const MOST_BYTES = 200;

/**
 * What files about each instance are called, by instance id: axis keys may hold what a file name may not, e.g. the slash
 * of a component type. Where two ids would give one name, also on file systems that take upper and lower case as the
 * same, or one is too long, a short hash of the id follows.
 */
export function instanceFileNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const plain = new Map(ids.map((id) => [id, id.replaceAll(/[/\\:*?"<>|]/g, "-")]));
  const counts = new Map<string, number>();
  for (const name of plain.values()) counts.set(folded(name), (counts.get(folded(name)) ?? 0) + 1);
  return new Map(
    [...plain].map(([id, name]) => {
      if (counts.get(folded(name)) === 1 && Buffer.byteLength(name) <= MOST_BYTES) return [id, name];
      const hash = createHash("sha256").update(id).digest("hex").slice(0, 8);
      return [id, `${shortened(name, MOST_BYTES - hash.length - 1)}-${hash}`];
    }),
  );
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
