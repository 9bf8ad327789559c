/** @returns The name that the fewest edits away is, where they are no more than a third of its letters or so. */
export function nearestName(found: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, edits: editDistance(found, name) }))
    .filter(({ name, edits }) => edits <= Math.max(1, Math.ceil(name.length / 3)));
  ranked.sort((a, b) => a.edits - b.edits);
  return ranked[0]?.name;
}

/** Levenshtein (1966). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}
