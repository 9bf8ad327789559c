import { JsonProgress } from "./json-progress.js";
import { LineProgress } from "./line-progress.js";
import type { Progress } from "./progress.js";
import { TerminalProgress } from "./terminal-progress.js";

export function createProgress(how: { json: boolean; terminal: boolean }): Progress {
  if (how.json) return new JsonProgress();
  return how.terminal ? new TerminalProgress() : new LineProgress();
}
