import type { RunEvent } from "@eosin/core";
import type { Progress } from "./progress.js";

/** One JSON object a line on standard output, for scripts. */
export class JsonProgress implements Progress {
  onEvent(event: RunEvent): void {
    process.stdout.write(`${JSON.stringify(event)}\n`);
  }

  async finish(): Promise<void> {}
}
