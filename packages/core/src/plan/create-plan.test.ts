import {
  builtInKinds,
  defineArtifact,
  defineComponent,
  EosinError,
  noOptions,
  type PlannedComponent,
  type PluginDefinition,
} from "@eosin/plugin-api";
import { z } from "@eosin/plugin-api/zod";
import { describe, expect, test } from "vitest";
import type { PluginRegistry } from "../container/registry.js";
import { planText, silent } from "../fixtures/plan-document.js";
import { toyRegistry } from "../fixtures/toy-components.js";
import { load, rendered } from "../fixtures/write-document.js";
import { createPlan } from "./create-plan.js";

/** A registry with one planned component, `toy/planned`. */
function registryOf(implementation: PlannedComponent): PluginRegistry {
  const definition = defineComponent({
    kind: "dataset",
    type: "toy/planned",
    summary: "Planned.",
    produces: defineArtifact("dataset", z.unknown()),
    options: noOptions,
    create: () => implementation,
  }) as PluginDefinition["components"][number];
  const component = { definition, plugin: "toy" };
  return {
    plugins: {},
    locks: async () => ({}),
    modules: {},
    kinds: new Map(builtInKinds.map((kind) => [kind.name, kind])),
    components: () => [component],
    find: (type) => (type === "toy/planned" ? component : undefined),
    services: {
      get: async () => {
        throw new EosinError({ code: "SERVICE_MISSING", message: "No services here." });
      },
    },
    create: async <Implementation>() => implementation as Implementation,
  };
}

async function planWith(implementation: PlannedComponent, steps = "{ data: { uses: toy/planned } }") {
  const document = await load(`name: a\nsteps: ${steps}\n`);
  return createPlan(document, registryOf(implementation), {
    env: {},
    hasher: { hashAll: async () => [] },
    log: silent,
  });
}

describe("planned steps", () => {
  test("run once where they are the same", async () => {
    let runs = 0;
    const plan = () => Promise.resolve({ value: ++runs, identity: 1 });
    const planned = await planWith({ plan }, "{ a: { uses: toy/planned }, b: { uses: toy/planned } }");
    expect(planned.planned).toEqual({ a: { value: 1, identity: 1 }, b: { value: 1, identity: 1 } });
    expect(planned.instances[0].fingerprint).toBe(planned.instances[1].fingerprint);
  });

  test("draw the same numbers each time", async () => {
    const component: PlannedComponent = {
      plan: async (context) => ({ value: context.rng("x").uniform(), identity: null }),
    };
    expect((await planWith(component)).planned).toEqual((await planWith(component)).planned);
  });

  test("an error of theirs gets the step's place, unless it has one", async () => {
    const failing = (place?: string): PlannedComponent => ({
      plan: async () => {
        throw new EosinError({ code: "EMPTY_DATASET", message: "There is no sample.", place });
      },
    });
    expect(await rendered(planWith(failing()))).toMatchSnapshot();
    expect(await rendered(planWith(failing("a.png")))).toMatchSnapshot();
  });

  test("a fault that is none of the user's names the plugin", async () => {
    const broken: PlannedComponent = {
      plan: async () => {
        throw new TypeError("undefined is not a function");
      },
    };
    expect(await rendered(planWith(broken))).toMatchSnapshot();
  });
});

test("an engine that is not available is a fault of the place that asks for it", async () => {
  const text =
    "name: a\nengine: torhc\nsteps: { train: { uses: toy/train, with: { network: { uses: toy/network } } } }\n";
  const onChoose = () => {
    throw new EosinError({ code: "UNKNOWN_ENGINE", message: "There is no engine torhc." });
  };
  expect(await rendered(planText(text, { onChoose }))).toMatchSnapshot();
  expect(await rendered(planText(text, { onChoose, engine: { name: "torch" } }))).toContain("at --engine torch");
});

test("plugins and params are in the plan", async () => {
  const plan = await planText("name: a\ndescription: b\nparams: { n: 1 }\nsteps: { it: { uses: toy/anything } }\n");
  expect(plan).toMatchObject({
    document: { name: "a", description: "b" },
    params: { n: 1 },
    plugins: await toyRegistry().locks(),
  });
});

test("a sweep of 11 × 4 is planned in less than a second", async () => {
  const sweep = `name: sweep
steps:
  data: { uses: toy/data }
  folds: { uses: toy/kfold, with: { dataset: "\${steps.data}", k: 4 } }
  train:
    uses: toy/train
    each: { fold: "\${steps.folds}" }
    matrix: { alpha: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] }
    with: { split: "\${each.fold}", alpha: "\${matrix.alpha}", network: { uses: toy/network }, augment: [{ uses: toy/flip }] }
  evaluate:
    uses: toy/evaluate
    each: { fold: "\${steps.folds}" }
    matrix: { alpha: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] }
    with: { split: "\${each.fold}", model: "\${steps.train}" }
  report: { uses: toy/report, with: { predictions: "\${steps.evaluate}" } }
`;
  const before = process.cpuUsage();
  const plan = await planText(sweep);
  const { user, system } = process.cpuUsage(before);
  expect(plan.instances).toHaveLength(2 + 2 * 44 + 1);
  expect(plan.instances.at(-1)?.inputs).toHaveLength(44);
  // CPU time: the machine may be busy with other tests.
  expect((user + system) / 1e6).toBeLessThan(1);
});
