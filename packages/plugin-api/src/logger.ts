/** Says things to the user of a run. `warn` is counted and shown again at the end. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
}
