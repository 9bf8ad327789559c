export interface AdmissionRules {
  /** Real path of the project whose plugins are loaded without a question. */
  readonly project?: string;
  /** What the project is, in an error: `the document's own project`. */
  readonly whose: string;
  /** Requests that the user typed: naming them on the command line is agreeing to them. */
  readonly typed?: readonly string[];
  /** `--trust`: what is elsewhere is loaded and remembered. */
  readonly trust?: boolean;
}
