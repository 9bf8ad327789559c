import { type RunEvent, renderError } from "@eosin/core";
import { formatSeconds } from "@eosin/support/format-seconds";
import { print } from "../terminal.js";
import { describeUpdate } from "./describe-update.js";
import { Pace } from "./pace.js";
import type { Progress } from "./progress.js";

/** Plain lines, for pipes and logs: each instance's start and end, and whole units (epochs) in between. */
export class LineProgress implements Progress {
  readonly #paces = new Map<string, Pace>();

  onEvent(event: RunEvent): void {
    const line = this.#describe(event);
    if (line !== undefined) print(`${line}\n`);
  }

  async finish(): Promise<void> {}

  #describe(event: RunEvent): string | undefined {
    switch (event.type) {
      case "instance-reused":
        return `${event.instance}: stored (${event.fingerprint.slice(0, 12)})`;
      case "instance-started":
        this.#paces.set(event.instance, new Pace());
        return `${event.instance}: ${event.continued ? "continues" : "starts"} (${event.why})`;
      case "instance-progress": {
        const secondsLeft = this.#paces.get(event.instance)?.secondsLeft(event.update);
        // Patches and files go by too fast for lines.
        const worthALine = event.update.unit === "epoch" && Number.isInteger(event.update.current);
        return worthALine ? `${event.instance}: ${describeUpdate(event.update, secondsLeft)}` : undefined;
      }
      case "instance-log":
        return `${event.instance}: ${event.level === "warn" ? "warning: " : ""}${event.message}`;
      case "instance-done":
        return `${event.instance}: done in ${formatSeconds(event.seconds)}`;
      case "instance-failed":
        return `${event.instance}: FAILED\n${renderError(event.error, { color: false })}`;
      case "instance-skipped":
        return `${event.instance}: skipped, because ${event.because} failed`;
      default:
        return undefined;
    }
  }
}
