const units = ["B", "KiB", "MiB", "GiB", "TiB"];

/**
 * Bytes as people read them: in the largest binary unit of which there is one, with one decimal below 100 where it is
 * not 0.
 * @param bytes From 0.
 * @example
 * formatBytes(1536); // "1.5 KiB"
 * formatBytes(2 ** 31); // "2 GiB"
 * formatBytes(125 * 2 ** 30); // "125 GiB"
 */
export function formatBytes(bytes: number): string {
  let [amount, unit] = [Math.round(bytes), 0];
  // By what is shown: 1023.99 MiB are a GiB.
  while (shown(amount) >= 1024 && unit < units.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${shown(amount)} ${units[unit]}`;
}

function shown(amount: number): number {
  return Number(amount.toFixed(amount < 99.95 ? 1 : 0));
}
