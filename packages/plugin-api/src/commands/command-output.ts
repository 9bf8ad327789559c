import type { ProgressUpdate } from "../step.js";

/** Puts a text in a colour, where there are colours. */
export type Paint = (text: string) => string;

/** Leave texts as they are where colours are not wanted. */
export interface Colors {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
}

/**
 * How far a command is that has one thing to do: a line on standard error that a terminal overwrites. Elsewhere a line
 * every few seconds.
 * @given
 */
export interface StatusLine {
  /** @param update A text of the command's own, or units that are counted. */
  update(update: ProgressUpdate | string): void;
  /** Leaves the line as it is. */
  end(): void;
}

/**
 * Where a command writes. What comes from outside cannot move the cursor or hide text: control characters are shown.
 * @given
 */
export interface CommandOutput {
  readonly colors: Colors;
  /** Whether a person watches standard error. */
  readonly isTerminal: boolean;
  /** Results, on standard output. */
  print(text: string): void;
  /** What is said beside them, on standard error. */
  printError(text: string): void;
  statusLine(): StatusLine;
  /**
   * Leaves a file that the user asked for; its folder is made where it is missing.
   * @param next What the user can do where it cannot be written; by default to name another file with `--out`.
   * @throws EosinError `OUTPUT_UNWRITABLE`
   */
  writeFile(file: string, text: string, next?: string): Promise<void>;
}
