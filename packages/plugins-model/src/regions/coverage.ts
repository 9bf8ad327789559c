/** @param mask 0/1, one pixel at least. @returns The share of it that is foreground, 0…1. */
export function coverageOf(mask: Uint8Array): number {
  let foreground = 0;
  for (let i = 0; i < mask.length; i++) foreground += mask[i];
  return foreground / mask.length;
}
