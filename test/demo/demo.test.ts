import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { trainedModels } from "../fixtures/trained-models.js";
import { runPipe } from "../run-pipe.js";
import figures from "./figures.json" with { type: "json" };

const pipeline = fileURLToPath(new URL("../../pipelines/cosas-multitask.yaml", import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eosin-demo-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** The README's first command as it stands: it learns what colour alone does not tell. */
it("trains the demo well above both baselines", { timeout: 25 * 60_000 }, async () => {
  const started = performance.now();
  const { code, stdout } = await runPipe(["run", pipeline], { cwd: folder });
  console.log(stdout.split("\n").slice(-12).join("\n"));
  console.log(`the demo took ${((performance.now() - started) / 1000).toFixed(0)} s here`);
  expect(code).toBe(0);
  const [run] = await readdir(join(folder, ".eosin/runs"));
  const results = JSON.parse(await readFile(join(folder, ".eosin/runs", run, "report/results.json"), "utf8"));
  const network = results.predictors[0].overall.dice.mean;
  expect(results.baselines).toHaveLength(2);
  for (const baseline of results.baselines) expect(network).toBeGreaterThan(baseline.overall.dice.mean + 0.15);
  // Seed 42, engine wasm, Node 20 and 22: a change of these figures is a change of what people reproduce.
  expect(await trainedModels(folder)).toEqual(figures);
});
