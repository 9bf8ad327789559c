/** A sentence about what was looked at: the run, the plan and the report say it. */
export interface LookLine {
  readonly level: "note" | "warning";
  readonly text: string;
}
