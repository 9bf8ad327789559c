/**
 * What the network said: `fetch` hides that in the cause of its error.
 * @returns For a sentence of an error, such as `fetch failed (getaddrinfo ENOTFOUND example.org)`.
 * @example
 * const response = await fetch(url).catch((error) => {
 *   throw new Error(`The server was not reached: ${networkReason(error)}.`, { cause: error });
 * });
 */
export function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  if (!(cause instanceof Error)) return message;
  // Where several addresses were tried, only a code is left.
  return `${message} (${cause.message || (cause as NodeJS.ErrnoException).code})`;
}
