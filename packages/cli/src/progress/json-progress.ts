import type { RunEvent } from "@eosin/core";
import { print } from "../terminal.js";
import type { Progress } from "./progress.js";

/** One JSON object a line on standard output, for scripts. */
export class JsonProgress implements Progress {
  onEvent(event: RunEvent): void {
    print(`${JSON.stringify(event)}\n`);
  }

  async finish(): Promise<void> {}
}
