import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan, RunEvent } from "@eosin/core";

/** Instances that failed in the newest run of the plan's document; none where it has no run. */
export function failedLast(plan: Plan, runsFolder: string): ReadonlySet<string> {
  if (!existsSync(runsFolder)) return new Set();
  const runs = readdirSync(runsFolder).sort().reverse();
  const last = runs.map((name) => join(runsFolder, name)).find((folder) => isOf(folder, plan));
  return last === undefined ? new Set() : failedIn(join(last, "events.jsonl"));
}

function isOf(folder: string, plan: Plan): boolean {
  try {
    const { document } = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8")) as Plan;
    return document.file === plan.document.file && document.profile === plan.document.profile;
  } catch {
    // A folder that a killed run left half-made is not a run to look at.
    return false;
  }
}

function failedIn(events: string): ReadonlySet<string> {
  const failed = new Set<string>();
  for (const line of readFileSync(events, "utf8").split("\n")) {
    // Progress lines are many and long; the line that a kill cut short is not an event.
    if (!line.includes('"instance-failed"') || !line.endsWith("}")) continue;
    const event = JSON.parse(line) as RunEvent;
    if (event.type === "instance-failed") failed.add(event.instance);
  }
  return failed;
}
