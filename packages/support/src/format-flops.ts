const units = ["FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP", "PFLOP"];

/**
 * Floating-point operations as people read them, in three digits.
 * @param flops From 0; a multiply-add counts as two.
 * @example
 * formatFlops(5.594e9); // "5.59 GFLOP"
 * formatFlops(1.15e13); // "11.5 TFLOP"
 */
export function formatFlops(flops: number): string {
  let [amount, unit] = [flops, 0];
  // By what is shown: 999.9 GFLOP are a TFLOP.
  while (shown(amount) >= 1000 && unit < units.length - 1) {
    amount /= 1000;
    unit++;
  }
  return `${shown(amount)} ${units[unit]}`;
}

function shown(amount: number): number {
  return Number(amount.toPrecision(3));
}
