import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { formatBytes } from "@eosin/support/format-bytes";
import { machineMemory } from "@eosin/support/machine-memory";
import { beforeEach, describe, expect, it } from "vitest";
import type { Plan, PlanInstance } from "../plan/plan.js";
import { emptyFolder } from "../store/fixtures/empty-folder.js";
import { openStore, type Store } from "../store/store.js";
import type { RunEvent } from "./event.js";
import { execCommand, plannedToy, toyPlan } from "./fixtures/toy-plan.js";
import { runPlan } from "./run-plan.js";

let store: Store;
let events: RunEvent[];
/** Which instances were at work together. */
let together: string[][];

beforeEach(async () => {
  store = await openStore(join(emptyFolder(), "store"));
});

async function run(plan: Plan, jobs = 2) {
  events = [];
  together = [];
  const atWork = new Set<string>();
  const onEvent = (event: RunEvent) => {
    events.push(event);
    if (event.type === "instance-started") {
      atWork.add(event.instance);
      together.push([...atWork]);
    }
    if (event.type === "instance-done" || event.type === "instance-failed") atWork.delete(event.instance);
  };
  return runPlan(plan, { store, runsFolder: join(store.folder, "../runs"), jobs, execCommand, onEvent });
}

const write = (text: string) => ({ uses: "toy/write", with: { text } });

async function planWith(resources: { readonly [id: string]: Partial<PlanInstance["resources"]> }): Promise<Plan> {
  const plan = await toyPlan(Object.fromEntries(Object.keys(resources).map((id) => [id, write(id)])));
  const instances = plan.instances.map((each) => ({
    ...each,
    resources: { ...each.resources, ...resources[each.id] },
  }));
  return { ...plan, instances };
}

function warnings(): readonly string[] {
  return events.flatMap((event) => (event.type === "instance-log" && event.level === "warn" ? [event.message] : []));
}

const half = Math.ceil(0.6 * machineMemory());

describe.skipIf(availableParallelism() < 2)("with two jobs", () => {
  it("two instances never share the GPU, and one on the CPU runs beside", async () => {
    await run(await planWith({ first: { device: "gpu" }, second: { device: "gpu" }, beside: {} }));
    expect(together).toContainEqual(["first", "beside"]);
    expect(together.filter((each) => each.includes("first") && each.includes("second"))).toEqual([]);
    expect(together).toHaveLength(3);
  });

  it("instances on the CPU that fit run at once", async () => {
    await run(await planWith({ first: { memoryBytes: 1 }, second: { memoryBytes: 1 } }));
    expect(together).toEqual([["first"], ["first", "second"]]);
  });

  it("two whose memory together exceeds the machine's run one after the other", async () => {
    await run(await planWith({ first: { memoryBytes: half }, second: { memoryBytes: half } }));
    expect(together).toEqual([["first"], ["second"]]);
    expect(warnings()).toEqual([]);
  });

  it("also where only estimates tell", async () => {
    await run(await plannedToy(steps({ first: half, second: half, third: 1 })));
    expect(together.filter((each) => each.includes("first") && each.includes("second"))).toEqual([]);
    expect(together).toContainEqual(["first", "third"]);
  });
});

it("one that alone exceeds the machine's memory runs, with a warning that has the figures", async () => {
  const result = await run(await plannedToy(steps({ huge: 2 * machineMemory() })));
  expect(result).toMatchObject({ outcome: "done", executed: ["huge"], warnings: 1 });
  expect(warnings()).toEqual([
    `may need ${formatBytes(2 * machineMemory())} of memory; this machine has ${formatBytes(machineMemory())}`,
  ]);
});

it("what waits for its estimate keeps its place before those that come after it in the plan", async () => {
  const plan = await plannedToy(`${steps({ first: 1 })}  second: { uses: toy/write, with: { text: two } }\n`);
  await run(plan, 1);
  expect(together).toEqual([["first"], ["second"]]);
});

it("only what runs is estimated: nothing where everything is stored", async () => {
  const weights = { one: 1, two: 2 };
  await run(await plannedToy(steps(weights)));
  expect(asked()).toEqual(["1", "2"]);
  expect((await run(await plannedToy(steps(weights)))).reused).toEqual(["one", "two"]);
  expect(asked()).toEqual([]);
  await run(await plannedToy(steps({ ...weights, three: 3 })));
  expect(asked()).toEqual(["3"]);
});

it("an estimate that takes its process with it takes nothing else", async () => {
  const result = await run(await plannedToy(steps({ bad: -1 })));
  expect(result).toMatchObject({ outcome: "done", executed: ["bad"], warnings: 0 });
});

const traceFile = join(emptyFolder(), "asked");

/** Weights by instance → steps that take so many bytes. */
function steps(weights: { readonly [id: string]: number }): string {
  writeFileSync(traceFile, "");
  return Object.entries(weights)
    .map(
      ([id, bytes]) => `  ${id}: { uses: toy/weigh, with: { bytes: ${bytes}, asked: ${JSON.stringify(traceFile)} } }\n`,
    )
    .join("");
}

function asked(): readonly string[] {
  return readFileSync(traceFile, "utf8").split("\n").filter(Boolean);
}
