/** Names the first few, and counts the rest: `a, b, c and 4 more`. */
export function named(names: readonly string[], most = 3): string {
  // Of four names the fourth is as short as `1 more`.
  if (names.length <= most + 1) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}
