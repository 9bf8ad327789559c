import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createPlan, loadDocument, loadPlugins, type PluginRegistry } from "@eosin/core";
import type { FileHasher } from "@eosin/plugin-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { estimateCosts } from "../../packages/cli/src/estimate-costs.js";
import { isHere } from "../fixtures/required.js";
import { multitask, pipelineFiles, pipelinesFolder, profilesOf } from "../fixtures/small-job.js";

const real = fileURLToPath(new URL("../../../shared/cosas-mini", import.meta.url));
const skipped = !isHere("golden", existsSync(real), "../shared/cosas-mini");

const external = mkdtempSync(join(tmpdir(), "eosin-external-"));
const origin = fileURLToPath(new URL("../../packages/cli/dist/bin.js", import.meta.url));
/** Other files are other pictures, as far as planning goes. */
const byPath: FileHasher = {
  hashAll: async (paths) => paths.map((path) => createHash("sha256").update(path).digest("hex")),
};
const log = { info: () => undefined, warn: () => undefined };
let registry: PluginRegistry;

beforeAll(async () => {
  registry = await loadPlugins(await loadDocument(multitask), { from: [`file://${origin}`] });
  if (skipped) return;
  for (const part of ["image", "mask"]) {
    const from = join(real, "task2/kfbio-400", part);
    mkdirSync(join(external, "another-scanner", part), { recursive: true });
    const [first] = readdirSync(from).sort();
    cpSync(join(from, first), join(external, "another-scanner", part, first));
  }
});
afterAll(() => rmSync(external, { recursive: true, force: true }));

describe.each(pipelineFiles)("pipelines/%s", (name) => {
  it.each(profilesOf(name))("has a plan in the profile %s, and tells what its steps need", async (profile) => {
    if (profile !== "demo" && skipped) return;
    const document = await loadDocument(join(pipelinesFolder, name), { profile });
    const env = { COSAS_ROOT: real, EXTERNAL_ROOT: external };
    const plan = await createPlan(document, registry, {
      env,
      hasher: byPath,
      log,
      engine: { name: "wasm" },
      threads: 1,
    });
    const estimates = await estimateCosts(plan, registry);
    const trained = plan.instances.filter(({ step }) => step === "train").map(({ id }) => id);
    expect(estimates.flatMap(({ instances }) => instances).sort()).toEqual([...trained].sort());
    for (const { estimate } of estimates) expect(estimate.flops).toBeGreaterThan(1e6);
  });
});
