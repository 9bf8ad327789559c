import type { DatasetIndex, Split, SplitComponent } from "@eosin/plugin-api/imaging";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  datasetHandle,
  indexOf,
  listeningContext,
  planContext,
  planSplits,
  withAttributes,
} from "../testing/plan-context.test-support.js";
import { createHoldout } from "./holdout/holdout.js";
import { holdoutOptions } from "./holdout/options.js";
import { createLeaveOneDomainOut } from "./leave-one-domain-out/leave-one-domain-out.js";
import { leaveOneDomainOutOptions } from "./leave-one-domain-out/options.js";
import { splitColumnOptions } from "./split-column/options.js";
import { createSplitColumn } from "./split-column/split-column.js";
import { stratifiedKfoldOptions } from "./stratified-kfold/options.js";
import { createStratifiedKfold } from "./stratified-kfold/stratified-kfold.js";
import { trainExternalOptions } from "./train-external/options.js";
import { createTrainExternal } from "./train-external/train-external.js";

const dataset = datasetHandle("data");
const grouped = { dataset, groupBy: "patient" };
const kfold = (options: object) => createStratifiedKfold(stratifiedKfoldOptions.parse({ ...grouped, ...options }));
const holdout = (options: object) => createHoldout(holdoutOptions.parse({ ...grouped, ...options }));
const leaveOut = (options: object = {}) =>
  createLeaveOneDomainOut(leaveOneDomainOutOptions.parse({ ...grouped, ...options }));

/** Three samples a patient, each patient in one domain. */
const data = withAttributes(indexOf({ x: 24, y: 24, z: 12 }), (domain, i) => ({
  patient: `${domain}-P${Math.floor(i / 3)}`,
  grade: i % 2 === 0 ? "low" : "high",
}));

function sidesOf(index: DatasetIndex, split: Split): Map<string, Set<string>> {
  const sides = new Map<string, Set<string>>();
  for (const part of ["train", "validation", "test"] as const) {
    for (const id of split[part]) {
      const patient = index.samples.find((each) => each.id === id)?.attributes?.patient as string;
      sides.set(patient, (sides.get(patient) ?? new Set()).add(part));
    }
  }
  return sides;
}

async function expectWhole(component: SplitComponent, index = data) {
  const context = listeningContext({ datasets: { data: index } });
  const items = await planSplits(component, context);
  for (const { split, identity } of items) {
    expect(split.groupBy).toBe("patient");
    expect(identity).toMatchObject({ groupBy: "patient" });
    expect(split.validation.length).toBeGreaterThan(0);
    for (const sides of sidesOf(index, split).values()) expect(sides.size).toBe(1);
  }
  return { items, warnings: context.warnings };
}

describe("splits by patient", () => {
  it("keep patients on one side, with domains in proportion", async () => {
    const { items, warnings } = await expectWhole(kfold({ k: 4 }));
    expect(warnings).toEqual([]);
    for (const { split } of items) {
      const byDomain = ["x", "y", "z"].map((name) => split.test.filter((id) => id[0] === name).length);
      expect(byDomain).toEqual([6, 6, 3]);
    }
    const { items: one } = await expectWhole(holdout({ test: 0.25 }));
    expect(Math.abs(one[0].split.test.length - 15)).toBeLessThanOrEqual(3);
    await expectWhole(leaveOut());
  });

  it("are what they were without", async () => {
    const context = planContext({ datasets: { data } });
    const plain = createStratifiedKfold(stratifiedKfoldOptions.parse({ dataset }));
    const [item] = await planSplits(plain, context);
    expect(item.split).not.toHaveProperty("groupBy");
    expect(item.identity).not.toHaveProperty("groupBy");
  });

  it("say which patients are in two domains, and leave them out where the other is tested", async () => {
    const across = withAttributes(indexOf({ x: 12, y: 12 }), (domain, i) => ({
      patient: i < 3 ? "P0" : `${domain}-P${Math.floor(i / 3)}`,
    }));
    const { warnings } = await expectWhole(kfold({ k: 3 }), across);
    expect(warnings).toEqual(["1 of 7 values of patient have samples in more than one domain: P0 (x, y)"]);
    const { items, warnings: said } = await expectWhole(leaveOut(), across);
    expect(items.map(({ split }) => split.train.length + split.validation.length)).toEqual([9, 9]);
    expect(said[0]).toBe("x: 3 samples of other domains do not train, for samples with the same patient are tested");
  });

  it("want patients enough", async () => {
    const few = withAttributes(indexOf({ x: 12 }), (_, i) => ({ patient: `P${i % 3}` }));
    const context = listeningContext({ datasets: { data: few } });
    await expect(kfold({ k: 4 }).plan(context)).rejects.toMatchObject({
      code: "GROUPS_TOO_FEW",
      expected: "at least 4",
      found: "3",
      next: expect.stringContaining("`k`"),
    });
    await expect(kfold({ k: 2 }).plan(context)).rejects.toMatchObject({
      code: "GROUPS_TOO_FEW",
      next: expect.stringContaining("validation: 0"),
    });
    const folds = await planSplits(kfold({ k: 3, validation: 0 }), context);
    expect(folds.map(({ split }) => split.test.length)).toEqual([4, 4, 4]);
    const uneven = withAttributes(indexOf({ x: 12, y: 4 }), (domain, i) => ({
      patient: `${domain}${(i % 4) >> +(domain === "y")}`,
    }));
    const listening = listeningContext({ datasets: { data: uneven } });
    await planSplits(kfold({ k: 4, validation: 0 }), listening);
    expect(listening.warnings).toEqual(["y has 2 values of patient for 4 folds: some folds test none of it"]);
  });

  it("want the attribute, of every sample", async () => {
    const context = planContext({ datasets: { data } });
    await expect(kfold({ groupBy: "patiant" }).plan(context)).rejects.toMatchObject({
      code: "ATTRIBUTE_UNKNOWN",
      expected: "patient, grade",
      didYouMean: "patient",
    });
    const bare = planContext({ datasets: { data: indexOf({ x: 9 }) } });
    await expect(holdout({}).plan(bare)).rejects.toMatchObject({ next: expect.stringContaining("`attributes`") });
    const samples = data.samples.map((each, i) => (i === 4 ? { ...each, attributes: { grade: "low" } } : each));
    const gap = planContext({ datasets: { data: { ...data, samples } } });
    await expect(kfold({}).plan(gap)).rejects.toMatchObject({ code: "ATTRIBUTES_MISSING", found: "none of x/004" });
  });

  it("of two datasets share none", async () => {
    const train = withAttributes(indexOf({ x: 12 }, "seen"), (_, i) => ({ patient: `P${i % 4}` }));
    const other = (first: number) =>
      withAttributes(indexOf({ e: 4 }, "external"), (_, i) => ({ patient: `P${first + i}` }));
    const split = createTrainExternal(
      trainExternalOptions.parse({ train: datasetHandle("seen"), test: datasetHandle("external"), groupBy: "patient" }),
    );
    const context = (first: number) => planContext({ datasets: { seen: train, external: other(first) } });
    const [{ split: drawn }] = await planSplits(split, context(4));
    expect([drawn.train.length, drawn.validation.length, drawn.groupBy]).toEqual([9, 3, "patient"]);
    await expect(split.plan(context(3))).rejects.toMatchObject({
      code: "GROUP_DIVIDED",
      place: "e/000",
      message: expect.stringContaining("P3"),
    });
  });
});

it("no split ever has a patient on two sides, wherever its samples are", async () => {
  const sample = fc.record({ domain: fc.constantFrom("x", "y", "z"), patient: fc.integer({ min: 0, max: 12 }) });
  const drawn = fc.array(sample, { minLength: 4, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(drawn, fc.integer({ min: 2, max: 5 }), fc.integer(), async (samples, k, seed) => {
      const [entry] = indexOf({ x: 1 }).samples;
      const entries = samples.map(({ domain, patient }, i) => {
        return { ...entry, id: `${domain}/${i}`, hash: `${i}`, domain, attributes: { patient: `P${patient}` } };
      });
      const index = { ...indexOf({}), samples: entries };
      const context = planContext({ seed, datasets: { data: index } });
      for (const split of [kfold({ k }), holdout({ test: 0.3 }), leaveOut()]) {
        const items = await planSplits(split, context).catch((error) => {
          // Too few patients to divide is an answer, too; a part without samples likewise.
          expect(["GROUPS_TOO_FEW", "SPLIT_PART_EMPTY"]).toContain(error.code);
          return [];
        });
        for (const { split: parts } of items) {
          for (const sides of sidesOf(index, parts).values()) expect(sides.size).toBe(1);
        }
      }
    }),
  );
});

it("folds are stratified by an attribute", async () => {
  const context = planContext({ datasets: { data } });
  const folds = await planSplits(kfold({ k: 4, by: "grade", groupBy: undefined }), context);
  const grades = folds.map(({ split }) => split.test.filter((id) => Number(id.slice(-3)) % 2 === 0).length);
  expect(grades.every((each) => Math.abs(each - 7.5) < 1)).toBe(true);
  await expect(kfold({ by: "domian" }).plan(context)).rejects.toMatchObject({ didYouMean: "domain" });
});

describe("a split by a column", () => {
  const word = (i: number) => ["train", "Training", "TRAIN", "val", "test"][i % 5];
  const marked = withAttributes(indexOf({ x: 10, y: 5 }), (domain, i) => ({
    split: word(i),
    patient: `${domain}${i}`,
  }));
  const open = (options: object = {}) => createSplitColumn(splitColumnOptions.parse({ dataset, ...options }));
  const context = (index: DatasetIndex) => listeningContext({ datasets: { data: index } });

  it("takes what it says", async () => {
    const [{ key, split }] = await planSplits(open({ groupBy: "patient" }), context(marked));
    expect(key).toBe("fold-0");
    expect(split.test).toEqual(["x/004", "x/009", "y/004"]);
    expect([split.train.length, split.validation.length, split.groupBy]).toEqual([9, 3, "patient"]);
  });

  it("draws the samples that validate where it names none", async () => {
    const two = withAttributes(indexOf({ x: 20 }), (_, i) => ({ cohort: i < 15 ? "A" : "B", patient: `P${i % 10}` }));
    const options = { column: "cohort", train: ["A"], test: ["b"] };
    const [{ split }] = await planSplits(open(options), context(two));
    expect([split.train.length, split.validation.length, split.test.length]).toEqual([12, 3, 5]);
    await expect(open({ ...options, groupBy: "patient" }).plan(context(two))).rejects.toMatchObject({
      code: "GROUP_DIVIDED",
    });
  });

  it("names a word that is none of a part", async () => {
    const odd = withAttributes(indexOf({ x: 3 }), (_, i) => ({ split: ["train", "tset", "test"][i] }));
    await expect(open().plan(context(odd))).rejects.toMatchObject({
      code: "SPLIT_PART_UNKNOWN",
      place: "x/001",
      didYouMean: "test",
    });
  });
});

describe("equal files on two sides of a split", () => {
  const twins = indexOf({ x: 12 });
  const samples = twins.samples.map((each, i) => (i === 7 ? { ...each, hash: twins.samples[2].hash } : each));

  it("are said, once, with both names (F53)", async () => {
    const context = listeningContext({ datasets: { data: { ...twins, samples } } });
    await planSplits(kfold({ k: 12, groupBy: undefined }), context);
    expect(context.warnings).toHaveLength(1);
    expect(context.warnings[0]).toMatch(/1 pair of samples .*two sides of fold-\d+, and so in \d+ more of 12 folds: /);
    expect(context.warnings[0]).toContain("x/002");
    expect(context.warnings[0]).toContain("x/007");
    const sound = listeningContext({ datasets: { data: twins } });
    await planSplits(kfold({ k: 12, groupBy: undefined }), sound);
    expect(sound.warnings).toEqual([]);
  });

  it("are not said where they are on one", async () => {
    const attributed = withAttributes({ ...twins, samples }, (_, i) => ({ patient: `P${i % 5}` }));
    const context = listeningContext({ datasets: { data: attributed } });
    await planSplits(kfold({ k: 3 }), context);
    expect(context.warnings).toEqual([]);
  });
});
