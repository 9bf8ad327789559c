/** Larger arrays are left to the collector: a thread that once worked on a whole slide must not keep its memory. */
const MOST_ENTRIES = 2 ** 16;

/**
 * An array of this thread that is overwritten by each call of its one user, for what is used up before the next call.
 * @returns Takes a length, gives an array with any content.
 */
export function scratch<Entries extends Uint32Array | Float32Array>(
  create: (length: number) => Entries,
): (length: number) => Entries {
  let kept: Entries | undefined;
  return (length) => {
    if (length > MOST_ENTRIES) return create(length);
    kept ??= create(MOST_ENTRIES);
    return kept.subarray(0, length) as Entries;
  };
}
