import { forTerminal, type RunEvent } from "@eosin/core";
import type { SerializedError } from "@eosin/plugin-api";
import { formatSeconds } from "@eosin/support/format-seconds";
import logUpdate from "log-update";
import { colors } from "../colors.js";
import { print, showError } from "../terminal.js";
import { describeUpdate } from "./describe-update.js";
import { Pace } from "./pace.js";
import type { Progress } from "./progress.js";

interface Row {
  readonly pace: Pace;
  text: string;
}

const refreshMilliseconds = 100;

/** On a terminal: what has ended scrolls by as lines, what runs is redrawn below with its progress. */
export class TerminalProgress implements Progress {
  readonly #rows = new Map<string, Row>();
  readonly #timer = setInterval(() => this.#draw(), refreshMilliseconds);
  #reused = 0;

  onEvent(event: RunEvent): void {
    switch (event.type) {
      case "instance-reused":
        this.#reused++;
        break;
      case "instance-started":
        this.#rows.set(event.instance, { pace: new Pace(), text: event.continued ? "continues" : "starts" });
        break;
      case "instance-progress": {
        const row = this.#rows.get(event.instance);
        if (row) row.text = describeUpdate(event.update, row.pace.secondsLeft(event.update));
        break;
      }
      case "instance-log":
        if (event.level === "warn") this.#say(colors.yellow(`! ${event.instance}: ${event.message}`));
        else this.#say(colors.dim(`  ${event.instance}: ${event.message}`));
        break;
      case "instance-done":
        this.#rows.delete(event.instance);
        this.#say(`${colors.green("✔")} ${colors.bold(event.instance)}  ${formatSeconds(event.seconds)}`);
        break;
      case "instance-failed":
        this.#rows.delete(event.instance);
        this.#say(`${colors.red("✖")} ${colors.bold(event.instance)}`, event.error);
        break;
      case "instance-skipped":
        this.#say(colors.yellow(`- ${event.instance}  skipped, because ${event.because} failed`));
        break;
    }
  }

  async finish(): Promise<void> {
    clearInterval(this.#timer);
    logUpdate.clear();
    logUpdate.done();
    if (this.#reused > 0) print(`${colors.dim(`${this.#reused} stored outputs reused`)}\n`);
  }

  #say(line: string, error?: SerializedError): void {
    logUpdate.clear();
    print(`${line}\n`);
    if (error) showError(error, process.stdout);
    this.#draw();
  }

  #draw(): void {
    if (this.#rows.size === 0) return;
    const width = process.stdout.columns ?? 80;
    const lines = [...this.#rows].map(([instance, row]) => {
      return `${colors.cyan("▸")} ${colors.bold(instance)}  ${row.text.slice(0, Math.max(10, width - instance.length - 5))}`;
    });
    logUpdate(forTerminal(lines.join("\n")));
  }
}
