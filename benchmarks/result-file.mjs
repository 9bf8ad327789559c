import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

/** Other work on the machine makes figures worse: how much there was when the benchmark began (mean of a minute). */
const [loadBefore] = loadavg();

/** Writes what a benchmark measured, with when, where and of which commit. @param about More of the machine. */
export function writeResults(file, rows, about = {}) {
  const commit = execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim();
  const [{ model }] = cpus();
  const machine = {
    processor: model,
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    node: process.version,
    loadBefore,
    ...about,
  };
  const date = new Date().toISOString();
  writeFileSync(file, `${JSON.stringify({ date, machine, commit, rows }, null, 2)}\n`);
}

/** @param values At least one. */
export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Smaller is better where a row's unit is a time, larger in all other units. */
const smallerIsBetter = (unit) => ["ms", "s", "MiB"].includes(unit);

/** A line of the table. A row without a peer is ours alone; `must` and `reach` are what `ours` has to get to. */
export function rowLine({ name, ours, peer, unit, ratio, must, reach, peerName }) {
  const number = (value) => (value === null ? "–" : value.toFixed(value < 10 ? 2 : 1)).padStart(8);
  const bound = smallerIsBetter(unit) ? "≤" : "≥";
  const missed = must !== null && (smallerIsBetter(unit) ? ours > must : ours < must);
  const goal = must === null ? "" : `${missed ? "MISSED " : ""}${bound} ${must}${reach === null ? "" : ` (${reach})`}`;
  const ratioText = (ratio === null ? "–" : ratio.toFixed(2)).padStart(7);
  return `${name.padEnd(60)} ${number(ours)} ${number(peer)} ${unit.padEnd(8)} ${ratioText}  ${goal.padEnd(20)} ${peerName ?? ""}`.trimEnd();
}
