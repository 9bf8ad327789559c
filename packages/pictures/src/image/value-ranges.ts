/** What pictures of more than 8 bits go up to, by use: fractions, 8, 10, 12, 14 and 16 bits. */
export const valueRanges: readonly number[] = [1, 255, 1023, 4095, 16383, 65535];

/** The smallest of {@link valueRanges} that holds `largest`; nothing above the last. */
export function rangeFor(largest: number): number | undefined {
  return valueRanges.find((range) => largest <= range);
}
