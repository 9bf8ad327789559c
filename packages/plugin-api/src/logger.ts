/** What a component did with an item that it could not treat as asked, e.g. with a patch that shows no tissue. */
export interface Fallback {
  /** e.g. `stain/macenko` */
  readonly component: string;
  /** The item's name, e.g. the id of a sample. */
  readonly item: string;
  /** Completes "was …", e.g. `left as it is`. */
  readonly treatment: string;
  /** e.g. `it is black` */
  readonly reason: string;
}

/** Says things to the user of a run. `warn` is counted and shown again at the end. */
export interface Logger {
  info(message: string): void;
  /**
   * @param about Where the warning is about one item: steps keep these in their artifacts, so that reports can count
   * them, and say each once, however many threads and epochs meet it.
   */
  warn(message: string, about?: Fallback): void;
}
