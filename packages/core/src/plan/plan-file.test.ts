import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonObject, PlannedList } from "@eosin/plugin-api";
import { afterAll, expect, test } from "vitest";
import { planText } from "../fixtures/plan-document.js";
import type { Plan } from "./plan.js";
import { readPlanFile, writePlanFile } from "./plan-file.js";

const root = mkdtempSync(join(tmpdir(), "eosin-plan-file-"));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;
const newFile = () => join(mkdtempSync(join(root, `${folders++}-`)), "plan.json");

const samples = (count: number): JsonObject => ({
  name: "many",
  samples: Array.from({ length: count }, (_, i) => ({ id: `sample-${i}`, source: `/data/${"x".repeat(80)}/${i}.png` })),
});

/** A plan whose folds hold the whole data set, as those of splits do. */
async function withFolds(dataset: JsonObject, folds: number, count: number): Promise<Plan> {
  const plan = await planText("name: a\nsteps: { d: { uses: toy/data } }\n");
  const ids = Array.from({ length: count }, (_, i) => `sample-${i}`);
  const items = Array.from({ length: folds }, (_, i) => ({
    key: `fold-${i}`,
    value: { dataset, train: ids, test: [`sample-${i}`] },
    identity: i,
  }));
  return { ...plan, planned: { d: { value: dataset, identity: 1 }, folds: { items } } };
}

interface Fold {
  readonly dataset: JsonObject;
  readonly train: readonly string[];
}

test("a plan of many samples is small; its values are files beside it, each once", async () => {
  const plan = await withFolds(samples(100_000), 5, 80_000);
  const file = newFile();
  writePlanFile(file, plan);
  expect(readFileSync(file).length).toBeLessThan(20_000);
  // The data set and five folds, of which none holds the data set.
  const beside = readdirSync(join(file, "..", "planned"));
  expect(beside).toHaveLength(6);
  const sizes = beside.map((name) => readFileSync(join(file, "..", "planned", name)).length).sort((a, b) => a - b);
  expect(sizes[4]).toBeLessThan(2_000_000);

  const read = readPlanFile(file);
  expect(read.planned.d).toEqual(plan.planned.d);
  const { items } = read.planned.folds as unknown as PlannedList<Fold>;
  expect(items.map(({ key, value }) => [key, value.train.length])).toEqual(
    [0, 1, 2, 3, 4].map((fold) => [`fold-${fold}`, 80_000]),
  );
  // One object, however many hold it.
  const [first, ...others] = items.map(({ value }) => value.dataset);
  for (const each of others) expect(each).toBe(first);
  expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(JSON.stringify(plan)));
});

test("what nobody looks at is not read", async () => {
  const file = newFile();
  writePlanFile(file, await withFolds(samples(5000), 2, 5000));
  rmSync(join(file, "..", "planned"), { recursive: true });
  const plan = readPlanFile(file);
  expect(plan.instances).toHaveLength(1);
  expect(() => (plan.planned.d as { value: unknown }).value).toThrow(
    expect.objectContaining({ code: "PLAN_DAMAGED", next: expect.stringContaining("along with the plan") }),
  );
});

test("a value that was changed is refused", async () => {
  const file = newFile();
  writePlanFile(file, await withFolds(samples(5000), 0, 0));
  const [name] = readdirSync(join(file, "..", "planned"));
  const path = join(file, "..", "planned", name);
  writeFileSync(path, readFileSync(path, "utf8").replace("sample-7", "sample-8"));
  expect(() => (readPlanFile(file).planned.d as { value: unknown }).value).toThrow(
    expect.objectContaining({ code: "PLAN_DAMAGED", found: "other bytes than were written" }),
  );
});

test("a small plan is one file for people", async () => {
  const plan = await withFolds(samples(3), 2, 3);
  const file = newFile();
  writePlanFile(file, plan);
  expect(readdirSync(join(file, ".."))).toEqual(["plan.json"]);
  expect(readFileSync(file, "utf8")).toBe(`${JSON.stringify(plan, null, 2)}\n`);
  expect(readPlanFile(file)).toEqual(JSON.parse(JSON.stringify(plan)));
});
