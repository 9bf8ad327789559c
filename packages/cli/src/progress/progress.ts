import type { RunEvent } from "@eosin/core";

/** Shows the events of a run. */
export interface Progress {
  onEvent(event: RunEvent): void;
  finish(): Promise<void>;
}
