import { forTerminal } from "../terminal/terminal-text.js";
import type { RunEvent } from "./event.js";

/** From the process of an instance to whoever started it. */
export interface EventChannel {
  emit(event: RunEvent): void;
  /** Resolves when everything was handed over. */
  flush(): Promise<void>;
}

/**
 * Messages to the parent where there is a channel to it, apart from stdout, so that what a plugin prints breaks nothing;
 * else plain lines on stderr.
 */
export function openEventChannel(): EventChannel {
  return process.send ? messageChannel(process.send.bind(process)) : lineChannel();
}

function messageChannel(
  send: (message: RunEvent, handle: undefined, options: undefined, done: () => void) => boolean,
): EventChannel {
  let underway: Promise<unknown> = Promise.resolve();
  return {
    emit(event) {
      const sent = new Promise<void>((resolve) => send(event, undefined, undefined, resolve));
      underway = Promise.all([underway, sent]);
    },
    async flush() {
      await underway;
    },
  };
}

function lineChannel(): EventChannel {
  return {
    emit(event) {
      const line = toLine(event);
      if (line !== undefined) process.stderr.write(`${forTerminal(line)}\n`);
    },
    async flush() {
      await new Promise<void>((resolve) => process.stderr.write("", () => resolve()));
    },
  };
}

function toLine(event: RunEvent): string | undefined {
  switch (event.type) {
    case "instance-log":
      return `${event.instance}: ${event.level === "warn" ? "warning: " : ""}${event.message}`;
    case "instance-progress":
      return `${event.instance}: ${event.update.unit} ${event.update.current}/${event.update.total ?? "?"}`;
    case "instance-reused":
      return `${event.instance}: reused`;
    case "instance-done":
      return `${event.instance}: done in ${event.seconds.toFixed(1)} s`;
    case "instance-failed":
      return `${event.instance}: ${event.error.code}: ${event.error.message}`;
    default:
      return undefined;
  }
}
