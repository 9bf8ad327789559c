import { spawnSync } from "node:child_process";
import { stepEnvironment } from "../packages/core/dist/run/index.js";

/** Starts the benchmark again with what `pipe run` gives the processes of steps; both sides of it inherit that. */
export function runAsAStep() {
  if (Object.keys(stepEnvironment).every((name) => name in process.env)) return;
  const { status } = spawnSync(process.execPath, process.argv.slice(1), {
    env: { ...stepEnvironment, ...process.env },
    stdio: "inherit",
  });
  process.exit(status ?? 1);
}
