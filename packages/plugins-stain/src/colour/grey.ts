/** Luma of ITU-R BT.601, 0…255, not rounded. */
export function luma(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
