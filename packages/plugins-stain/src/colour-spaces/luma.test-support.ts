/** Luma of ITU-R BT.601 in thousandths: a whole number. */
export function lumaThousandths(red: number, green: number, blue: number): number {
  return 299 * red + 587 * green + 114 * blue;
}
