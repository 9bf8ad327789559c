/** `0.031`, `< 0.001`, `–` where there is nothing to test. */
export function formatP(p: number): string {
  if (Number.isNaN(p)) return "–";
  return p < 0.001 ? "< 0.001" : p.toFixed(3);
}

/** `+0.012`, `−0.004` */
export function formatDifference(value: number): string {
  if (Number.isNaN(value)) return "–";
  const text = Math.abs(value).toFixed(3);
  if (Number(text) === 0) return text;
  return `${value < 0 ? "−" : "+"}${text}`;
}
