import type { RunEvent } from "@eosin/core";
import { JsonProgress } from "./json-progress.js";
import { LineProgress } from "./line-progress.js";
import { TerminalProgress } from "./terminal-progress.js";

/** Shows the events of a run. */
export interface Progress {
  onEvent(event: RunEvent): void;
  finish(): Promise<void>;
}

export function createProgress(how: { json: boolean; terminal: boolean }): Progress {
  if (how.json) return new JsonProgress();
  return how.terminal ? new TerminalProgress() : new LineProgress();
}
