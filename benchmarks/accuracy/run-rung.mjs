import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeManifest } from "../../packages/core/dist/store/manifest.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const cli = join(root, "packages/cli/dist/bin.js");

/**
 * Runs a rung, and reads what its report says of every patch.
 * @param how `profile`, `seed`, `engine`, its `precision` and the `store`, in which what is trained stays.
 */
export async function runRung(rung, { profile, seed, engine: name, precision, store }) {
  const set = [`seed=${seed}`, ...(rung.set ?? [])].flatMap((each) => ["--set", each]);
  const own = rung.profile ?? profile;
  const computed = ["--engine", name, "--precision", precision];
  const args = [cli, "run", rung.pipeline, "--profile", own, ...computed, "--store", store, ...set];
  await call(process.execPath, args);
  const runs = join(store, "runs");
  const engine = precision === "float32" ? name : `${name} ${precision}`;
  const run = join(runs, readdirSync(runs).sort().at(-1));
  const plan = JSON.parse(readFileSync(join(run, "plan.json"), "utf8"));
  const facts = new Map(
    plan.instances
      .filter(({ produces }) => produces === "model")
      .map((instance) => [instance.axes.fold, { ...instance, ...trainingOf(store, instance) }]),
  );
  const [header, ...lines] = readFileSync(join(run, "report/patches.csv"), "utf8").trim().split("\n");
  const names = header.split(",");
  return lines.flatMap((line) => {
    const row = Object.fromEntries(cellsOf(line).map((cell, i) => [names[i], cell]));
    if (row.role !== "network") return [];
    const { options, minutes, memoryMiB } = facts.get(row.fold);
    const batches = options.epochs * (options.sampling?.batches ?? Number.NaN);
    const of = { rung: rung.name, profile: own, seed, scanner: row.domain, id: row.id };
    const figures = { dice: Number(row.dice), iou: Number(row.iou) };
    return [{ ...of, ...figures, batches, minutes, memoryMiB, engine, processor: cpus()[0].model }];
  });
}

/** What a training took, in whichever run of the store it was, and the peak of its tensors. */
function trainingOf(store, { id, fingerprint }) {
  const { value } = decodeManifest(
    readFileSync(join(store, "store/artifacts", fingerprint.slice(0, 2), `${fingerprint}.json`), "utf8"),
  );
  const took = readdirSync(join(store, "runs")).flatMap((name) => {
    const run = join(store, "runs", name);
    const artifacts = readJson(run, "artifacts.json");
    if (artifacts?.[id] !== fingerprint) return [];
    const events = readFileSync(join(run, "events.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    return events.filter(({ type, instance }) => type === "instance-done" && instance === id);
  });
  return {
    minutes: took.length > 0 ? Number((took[0].seconds / 60).toFixed(1)) : Number.NaN,
    memoryMiB: Math.round(value.estimatedBytes / 2 ** 20),
  };
}

/** Nothing of a run that ended before it wrote the file. */
function readJson(run, name) {
  return existsSync(join(run, name)) ? JSON.parse(readFileSync(join(run, name), "utf8")) : undefined;
}

/** Cells of a line of a table; titles are in quotes. */
function cellsOf(line) {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => cell.replace(/^"|"$/g, ""));
}

function call(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`pipe ended with ${code}`))));
  });
}
