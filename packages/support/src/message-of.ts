/** What was thrown, in words: the message of an error, the text of anything else. */
export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
