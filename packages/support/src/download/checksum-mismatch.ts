/** What was downloaded is not the file that was asked for; it was deleted. */
export class ChecksumMismatch extends Error {
  /** SHA-256 that was asked for, or its beginning. Lower-case hexadecimal, as `found`. */
  readonly expected: string;
  /** SHA-256 of what came, whole. */
  readonly found: string;

  constructor(expected: string, found: string) {
    super(`its SHA-256 is ${found}, not ${expected}`);
    this.name = "ChecksumMismatch";
    this.expected = expected;
    this.found = found;
  }
}
