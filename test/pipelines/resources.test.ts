import { fileURLToPath } from "node:url";
import { createPlan, loadDocument, loadPlugins, type PlanInstance, type PluginRegistry } from "@eosin/core";
import type { FileHasher } from "@eosin/plugin-api";
import { type EngineIdentity, type EngineProvider, engineProvider } from "@eosin/plugin-api/learning";
import { beforeAll, describe, expect, it } from "vitest";
import { multitask } from "../fixtures/small-job.js";

const origin = fileURLToPath(new URL("../../packages/cli/dist/bin.js", import.meta.url));
const noFiles: FileHasher = { hashAll: async (paths) => paths.map(() => "no content") };
const log = { info: () => undefined, warn: () => undefined };
let registry: PluginRegistry;

beforeAll(async () => {
  registry = await loadPlugins(await loadDocument(multitask), { from: [`file://${origin}`] });
});

/** The demo's instances, as a machine of eight cores plans them whose engine is this one. */
async function planned(device: string, set: readonly string[] = []): Promise<Record<string, PlanInstance>> {
  const identity: EngineIdentity = { name: "torch", version: "1", precision: "float32", threads: 7, device };
  const provider: Partial<EngineProvider> = { choose: async () => ({ identity, reason: "it is the only one" }) };
  const services: PluginRegistry["services"] = {
    get: async (token) => (token.symbol === engineProvider.symbol ? (provider as never) : registry.services.get(token)),
  };
  const document = await loadDocument(multitask, { set });
  const how = { env: {}, hasher: noFiles, log, threads: 8 };
  const { instances } = await createPlan(document, { ...registry, services }, how);
  return Object.fromEntries(instances.map((instance) => [instance.id, instance]));
}

describe("what the steps of the demo take of a machine", () => {
  it("with an engine on a GPU: training and evaluation take that, the others do not", async () => {
    const plan = await planned("cuda:0", ["steps.train.with.workers=3"]);
    expect(plan["train[fold-0]"].resources).toEqual({ threads: 4, device: "gpu" });
    expect(plan["evaluate[fold-1]"].resources).toEqual({ threads: 2, device: "gpu" });
    const others = Object.values(plan).filter(({ step }) => step !== "train" && step !== "evaluate");
    expect(new Set(others.map(({ resources }) => resources.device))).toEqual(new Set(["cpu"]));
    expect(Object.values(plan).filter(({ estimates }) => estimates)).toEqual([]);
  });

  it("with one on the CPU: its threads and those of the loaders, and memory that is estimated when it runs", async () => {
    const plan = await planned("cpu", ["steps.evaluate.with.workers=6"]);
    expect(plan["train[fold-0]"]).toMatchObject({ resources: { threads: 7, device: "cpu" }, estimates: true });
    expect(plan["evaluate[fold-1]"].resources).toEqual({ threads: 8, device: "cpu" });
    expect(plan["evaluate[fold-1]"].estimates).toBeUndefined();
  });

  it("is not part of their fingerprints", async () => {
    const [few, many] = [
      await planned("cuda:0"),
      await planned("cuda:0", ["steps.train.with.workers=3", "steps.evaluate.with.workers=6"]),
    ];
    expect(many["train[fold-0]"].resources).not.toEqual(few["train[fold-0]"].resources);
    for (const id of ["train[fold-0]", "evaluate[fold-1]"]) expect(many[id].fingerprint).toBe(few[id].fingerprint);
  });
});
