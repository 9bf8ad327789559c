/** What `pipe` exits with. */
export const exitCodes = {
  done: 0,
  stepFailed: 1,
  wrongInput: 2,
  interrupted: 130,
} as const;
