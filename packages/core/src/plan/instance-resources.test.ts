import { type AnyComponentDefinition, defineArtifact, defineStep } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { z } from "zod";
import { planText } from "../fixtures/plan-document.js";
import type { PlanInstance } from "./plan.js";

const text = (engine: string) => `
name: resources
engine: ${engine}
steps:
  own: { uses: toy/anything }
  usual: { uses: toy/usual }
  loads: { uses: toy/loads, with: { workers: 4 } }
  alone: { uses: toy/loads, with: { workers: 0 } }
  reads: { uses: toy/reads, with: { workers: 3 } }
  large: { uses: toy/large }
`;

const options = z.object({ workers: z.int().default(1) });
const neverRuns = () => {
  throw new Error("planning must not create this component");
};
const step = (type: string, more: Partial<AnyComponentDefinition> = {}): AnyComponentDefinition => ({
  ...defineStep({
    type,
    summary: "A step.",
    options,
    produces: defineArtifact("thing", z.unknown()),
    immaterial: ["workers"],
    create: neverRuns,
  }),
  ...more,
});
const estimate = () => Promise.reject(new Error("planning must not estimate"));
const more = [
  step("toy/usual", { usesEngine: true }),
  step("toy/loads", {
    usesEngine: true,
    resources: ({ workers }) => ({ loaders: workers }),
    estimate,
  }),
  step("toy/reads", { resources: ({ workers }) => ({ loaders: workers }) }),
  step("toy/large", { resources: () => ({ memoryBytes: 5 }), estimate }),
];

/** On a machine of eight cores. @param engineThreads How many of them the engine takes. */
async function planned(engine: string, components: readonly AnyComponentDefinition[] = more, engineThreads = 8) {
  const { instances } = await planText(text(engine), { more: components, threads: 8, engineThreads });
  return Object.fromEntries(instances.map((instance) => [instance.id, instance])) as Record<string, PlanInstance>;
}

test("what uses an engine on a GPU takes that, a thread to feed it and its loaders; what uses none does not", async () => {
  const plan = await planned("{ name: torch, device: 'cuda:0' }");
  expect(plan.own.resources).toMatchObject({ threads: 1, device: "cpu" });
  expect(plan.usual.resources).toMatchObject({ threads: 2, device: "gpu" });
  expect(plan.loads.resources).toMatchObject({ threads: 5, device: "gpu" });
  expect(plan.alone.resources).toMatchObject({ threads: 1, device: "gpu" });
  expect(plan.reads.resources).toMatchObject({ threads: 3, device: "cpu" });
});

test.each(["cpu", "software"])("on %s it takes the engine's threads, and its loaders but the first", async (device) => {
  const plan = await planned(`{ name: torch, device: ${device} }`, more, 4);
  expect(plan.usual.resources).toMatchObject({ threads: 4, device: "cpu" });
  expect(plan.alone.resources).toMatchObject({ threads: 4, device: "cpu" });
  expect(plan.loads.resources).toMatchObject({ threads: 7, device: "cpu" });
  expect(plan.reads.resources).toMatchObject({ threads: 3, device: "cpu" });
});

test("no instance is given more threads than there are", async () => {
  const { loads } = await planned("{ name: torch, device: cpu }", more, 8);
  expect(loads.resources.threads).toBe(8);
});

test("memory is left to an estimate before the run, on the CPU and where nothing is declared", async () => {
  const [cpu, gpu] = [await planned("{ device: cpu }"), await planned("{ device: gpu }")];
  const left = (plan: Record<string, PlanInstance>) => Object.keys(plan).filter((id) => plan[id].estimates);
  expect(left(cpu)).toEqual(["loads", "alone"]);
  expect(left(gpu)).toEqual([]);
  expect(cpu.large.resources.memoryBytes).toBe(5);
});

test("no fingerprint depends on them", async () => {
  const engine = "{ name: torch, device: 'cuda:0' }";
  const [declared, other] = [
    await planned(engine),
    await planned(engine, [
      step("toy/usual", { usesEngine: true, resources: () => ({ threads: 3 }) }),
      step("toy/loads", { usesEngine: true }),
      step("toy/reads"),
      step("toy/large", { resources: () => ({ threads: 7, memoryBytes: 9, device: "gpu" }) }),
    ]),
  ];
  expect(other.large.resources).toEqual({ threads: 7, memoryBytes: 9, device: "gpu" });
  for (const id of Object.keys(declared)) {
    expect(other[id].fingerprint).toBe(declared[id].fingerprint);
    expect(other[id].parts).toEqual(declared[id].parts);
  }
});
