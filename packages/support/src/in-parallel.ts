/**
 * Like `Promise.all(items.map(work))`, with at most `width` calls under way. After a failure no further call begins, and
 * those under way are waited for: nothing goes on once the promise is settled.
 * @param width From 1.
 * @returns Results in the order of `items`.
 * @throws What the first call that failed threw; RangeError where `width` is below 1.
 * @example
 * const sizes = await inParallel(paths, 8, async (path) => (await stat(path)).size);
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  if (!(width >= 1)) throw new RangeError(`At least one call must be allowed at once, not ${width}.`);
  const results = new Array<Result>(items.length);
  const failures: unknown[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      try {
        results[index] = await work(items[index], index);
      } catch (failure) {
        failures.push(failure);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
  return results;
}
