import { isDeepStrictEqual } from "node:util";
import type { DefinitionOf } from "../../component.js";
import type { DatasetIndex } from "../../imaging/dataset.js";
import type { SplitComponent } from "../../imaging/split.js";
import { buildComponent, type CheckedWith } from "../build-component.js";
import { checkDefinition } from "../check-definition.js";
import { broken, type CheckReport } from "../checklist.js";
import { checkPlainJson, handleOf, planContext } from "./plan-context.js";
import { toyDataset } from "./toy-dataset.js";

/** What {@link checkSplit} takes beside the definition. */
export interface SplitCheck extends CheckedWith {
  /** What is split; a toy of three domains `a`, `b`, `c` with twelve samples each unless given. */
  readonly dataset?: DatasetIndex;
  readonly seed?: number;
}

/**
 * Tests what a split promises: folds with keys of their own whose parts share no sample and hold only samples of the
 * dataset, the same for the same seed. The option `dataset` is filled in.
 * @throws EosinError `CHECK_FAILED`, naming the promise.
 */
export async function checkSplit(definition: DefinitionOf<SplitComponent>, how: SplitCheck = {}): Promise<CheckReport> {
  const { seed = 42, dataset = toyDataset(12), services = [] } = how;
  const given = { ...how, options: { dataset: handleOf("dataset", "data"), ...how.options } };
  const list = await checkDefinition(definition, ["split"], given);
  const plan = async () => {
    const { it } = await buildComponent(definition, given);
    const artifacts = { data: { type: "dataset", value: dataset } };
    const output = await it.plan(planContext({ seed, artifacts, services }));
    if (!("items" in output)) broken("{ items }", "one value");
    return output.items;
  };

  const items = await list.check("it gives the same folds for the same seed, as plain JSON", async () => {
    const [first, again] = [await plan(), await plan()];
    if (!isDeepStrictEqual(first, again)) broken("the same folds", "others", "Draw from context.rng(…).");
    checkPlainJson("the folds", first);
    return first;
  });
  await list.check("folds have keys of their own that fit file names", () => {
    if (items.length === 0) broken("folds", "none");
    if (new Set(items.map(({ key }) => key)).size !== items.length) broken("keys of their own", "one key twice");
    const odd = items.find(({ key }) => !/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_.-]*$/u.test(key));
    if (odd) broken("keys such as fold-0", odd.key);
  });
  await list.check("parts share no sample, hold samples of the dataset only, and train and test hold some", () => {
    const known = new Set(dataset.samples.map(({ id }) => id));
    for (const { key, value: split } of items) {
      if (split.key !== key) broken(`a split that is called ${key}`, split.key);
      const ids = [...split.train, ...split.validation, ...split.test];
      if (split.train.length === 0 || split.test.length === 0) broken("samples to train and to test", `none in ${key}`);
      if (new Set(ids).size !== ids.length) broken("each sample in one part", `one twice in ${key}`);
      const stranger = ids.find((id) => !known.has(id));
      if (stranger !== undefined) broken("samples of the dataset", stranger);
    }
  });
  return list.report();
}
