import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Plan, PlanInstance } from "../plan/plan.js";
import { emptyFolder } from "../store/fixtures/empty-folder.js";
import { openStore, type Store } from "../store/store.js";
import { toyPlan } from "./fixtures/toy-plan.js";
import { openInput, openInputItems } from "./open-input.js";

let store: Store;
let plan: Plan;
let reader: PlanInstance;

const handle = (instance: string, item?: string) => ({ $artifact: { type: "text", instance, item } });

beforeEach(async () => {
  store = await openStore(join(emptyFolder(), "store"));
  const drawn = await toyPlan({
    folds: { uses: "toy/write", with: { text: "stands for a planned step" } },
    data: { uses: "toy/write", with: { text: "another" } },
    train: { uses: "toy/write", with: { text: "x" } },
    reader: { uses: "toy/join", with: {}, inputs: ["folds", "data", "train"] },
  });
  const items = ["a", "b"].map((key) => ({ key, value: { key }, identity: key }));
  plan = { ...drawn, planned: { folds: { items }, data: { value: { n: 3 }, identity: 3 } } };
  reader = plan.instances[3];
});

describe("opening an input", () => {
  it("gives the value of a planned step, of one item, or of all", async () => {
    expect((await openInput(handle("data"), reader, plan, store)).value).toEqual({ n: 3 });
    expect((await openInput(handle("folds", "b"), reader, plan, store)).value).toEqual({ key: "b" });
    expect(await openInputItems(handle("folds"), reader, plan, store)).toEqual([{ key: "a" }, { key: "b" }]);
    expect(await openInputItems(handle("folds", "b"), reader, plan, store)).toEqual([{ key: "b" }]);
    expect(await openInputItems(handle("data"), reader, plan, store)).toEqual([{ n: 3 }]);
  });

  it("gives the names of this plan, whoever stored the artifact", async () => {
    const { fingerprint, parts } = plan.instances[2];
    const names = { step: "other", instance: "other[fold-9]", axes: { fold: "fold-9" } };
    const writer = await store.writer({ ...names, fingerprint, parts, uses: "toy/write", produces: "text" });
    await writer.write("text.txt", "x");
    await writer.commit({ text: "x" });
    const opened = await openInput(handle("train"), reader, plan, store);
    expect(opened).toMatchObject({ instance: "train", axes: {}, value: { text: "x" }, blobNames: ["text.txt"] });
  });

  it.each([
    ["what the options do not name", "reader", undefined, "INPUT_UNDECLARED"],
    ["what is not stored", "train", undefined, "INPUT_MISSING"],
    ["an item that is not there", "folds", "c", "ITEM_MISSING"],
    ["a list where one is wanted", "folds", undefined, "SEVERAL_ITEMS"],
  ])("refuses %s", async (_, instance, item, code) => {
    await expect(openInput(handle(instance, item), reader, plan, store)).rejects.toMatchObject({ code });
  });
});
