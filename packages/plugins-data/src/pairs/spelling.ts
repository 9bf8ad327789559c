const MOST_NAMED = 3;

/** What to tell of images and masks whose names are written in different Unicode forms: one letter, or letter and accent. */
export function remarkOnSpelling(ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const named = ids.slice(0, MOST_NAMED).join(", ") + (ids.length > MOST_NAMED ? ", …" : "");
  const files =
    ids.length === 1 ? "An image and its mask have names" : `${ids.length} images and their masks have names`;
  return [`${files} that differ in their Unicode form only (NFC, NFD) and were taken as the same: ${named}`];
}
