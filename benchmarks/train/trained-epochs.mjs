// Runs a document with one training, and tells how long its epochs took.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const pipe = fileURLToPath(new URL("../../pipe", import.meta.url));

/**
 * @param place An empty folder, which the run is kept in. @param document Its text; the training's step is `train`.
 * @returns Seconds of each epoch, by the times of the run's events; the first has the opening of the network in it.
 */
export function trainedEpochs(place, document, epochs) {
  const file = join(place, "epochs.yaml");
  writeFileSync(file, document);
  execFileSync(pipe, ["run", file], { cwd: place, stdio: ["ignore", 2, "inherit"] });
  const [run] = readdirSync(join(place, ".eosin/runs"));
  const lines = readFileSync(join(place, ".eosin/runs", run, "events.jsonl"), "utf8")
    .trim()
    .split("\n");
  const events = lines.map((line) => JSON.parse(line)).filter(({ instance }) => instance?.startsWith("train"));
  const started = events.find(({ type }) => type === "instance-started");
  const steps = events.filter(({ type, update }) => type === "instance-progress" && update.unit === "epoch");
  // An epoch ends with its last step.
  const ends = Array.from({ length: epochs }, (_, e) =>
    steps.findLast(({ update: { current } }) => current > e && current <= e + 1),
  );
  const times = [started, ...ends].map(({ at }) => Date.parse(at) / 1000);
  return times.slice(1).map((time, index) => time - times[index]);
}
