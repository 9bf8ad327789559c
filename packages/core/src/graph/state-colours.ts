import type { NodeState } from "./plan-graph.js";

export interface StateColour {
  readonly fill: string;
  readonly line: string;
}

/** Fills light enough for dark text, lines that tell the states apart in print. */
export const stateColours: { readonly [state in NodeState]: StateColour } = {
  failed: { fill: "#fde3df", line: "#c0392b" },
  skipped: { fill: "#f7e8d8", line: "#a8642a" },
  continues: { fill: "#fdf0cf", line: "#b7860b" },
  runs: { fill: "#e8e3f7", line: "#5a3f96" },
  stored: { fill: "#dcf1e4", line: "#2e8555" },
  planned: { fill: "#f0f1f3", line: "#6b717c" },
};
