/** What `pipe` exits with. */
export const exitCodes = {
  done: 0,
  /** What was asked for could not be done, or only in part. */
  stepFailed: 1,
  /** The document or the command is wrong. */
  wrongInput: 2,
  interrupted: 130,
} as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
