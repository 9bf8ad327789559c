import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { isHere } from "../../../../../test/fixtures/required.js";
import { createCosas } from "../../datasets/cosas/cosas.js";
import { cosasOptions } from "../../datasets/cosas/options.js";
import { temporaryFolder } from "../../testing/picture-folder.test-support.js";
import {
  datasetHandle,
  indexOf,
  planContext,
  planDataset,
  planSplits,
  withAttributes,
} from "../../testing/plan-context.test-support.js";
import { splitFileOptions } from "./options.js";
import { createSplitFile } from "./split-file.js";

const shared = fileURLToPath(new URL("../../../../../../shared", import.meta.url));
const open = (options: object) =>
  createSplitFile(splitFileOptions.parse({ dataset: datasetHandle("data"), ...options }));

describe("a file of folds", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  const context = () => planContext({ baseFolder: folder, datasets: { data: indexOf({ x: 6 }) } });
  const store = (name: string, value: unknown) => writeFile(join(folder, name), JSON.stringify(value));
  const folds = [
    { train: ["x/000", "x/002"], validation: ["x/001"], test: ["x/003"] },
    { train: ["x/003"], test: ["x/000", "x/001"] },
  ];

  it("is taken as it is", async () => {
    await store("folds.json", { how: "by hand", folds });
    const items = await planSplits(open({ file: "folds.json" }), context());
    expect(items.map((each) => each.key)).toEqual(["fold-0", "fold-1"]);
    expect(items[0].split).toMatchObject(folds[0]);
    expect(items[1].split.validation).toEqual([]);
    const second = await planSplits(open({ file: "folds.json", folds: [1] }), context());
    expect(second).toEqual([items[1]]);
  });

  it("is read with a byte-order mark, or in UTF-16; of another encoding that is said (F45)", async () => {
    const text = `\ufeff${JSON.stringify({ folds })}`;
    await writeFile(join(folder, "marked.json"), text);
    await writeFile(join(folder, "wide.json"), Buffer.from(text, "utf16le"));
    for (const file of ["marked.json", "wide.json"]) {
      expect((await planSplits(open({ file }), context()))[0].split).toMatchObject(folds[0]);
    }
    await writeFile(join(folder, "latin.json"), Buffer.from('{ "é": 1 }', "latin1"));
    await expect(open({ file: "latin.json" }).plan(context())).rejects.toMatchObject({
      code: "TEXT_ENCODING",
      found: expect.stringContaining("Latin-1"),
    });
  });

  it("may name samples in the other Unicode form", async () => {
    const dataset = indexOf({ "\u00e9": 3 });
    const [train, test] = ["e\u0301/000", "e\u0301/001"];
    await store("forms.json", { folds: [{ train: [train], test: [test] }] });
    const [{ split }] = await planSplits(
      open({ file: "forms.json" }),
      planContext({ baseFolder: folder, datasets: { data: dataset } }),
    );
    expect(split.test).toEqual(["\u00e9/001"]);
  });

  it("keeps groups on one side where asked", async () => {
    await store("folds.json", { folds });
    const patients = (first: string) =>
      withAttributes(indexOf({ x: 6 }), (_, i) => ({ patient: i === 0 ? first : `P${i}` }));
    const grouped = (first: string) =>
      planSplits(
        open({ file: "folds.json", groupBy: "patient" }),
        planContext({ baseFolder: folder, datasets: { data: patients(first) } }),
      );
    expect((await grouped("P2"))[1].split.groupBy).toBe("patient");
    await expect(grouped("P3")).rejects.toMatchObject({
      code: "GROUP_DIVIDED",
      found: "x/000 in train, x/003 in test",
    });
  });

  it("is refused where it does not fit", async () => {
    await store("unknown.json", { folds: [{ ...folds[0], test: ["y/003"] }] });
    await expect(open({ file: "unknown.json" }).plan(context())).rejects.toMatchObject({
      code: "SAMPLE_UNKNOWN",
      found: "y/003",
      didYouMean: "x/003",
    });
    await store("overlap.json", { folds: [{ ...folds[0], test: ["x/000"] }] });
    await expect(open({ file: "overlap.json" }).plan(context())).rejects.toMatchObject({ code: "SPLIT_OVERLAP" });
    await store("shape.json", { folds: [{ training: [] }] });
    await expect(open({ file: "shape.json" }).plan(context())).rejects.toMatchObject({ code: "SPLIT_FILE_INVALID" });
    await expect(open({ file: "none.json" }).plan(context())).rejects.toMatchObject({ code: "FILE_MISSING" });
    await expect(open({ file: "folds.json", folds: [2] }).plan(context())).rejects.toMatchObject({
      code: "SPLIT_FOLD_UNKNOWN",
    });
  });
});

describe.skipIf(!isHere("golden", existsSync(join(shared, "golden/folds")), "../shared/golden/folds"))(
  "the paper's folds of cosas-mini (need ../shared)",
  () => {
    it("cover the dataset, and our own splitter has their balance", async () => {
      const cosas = createCosas(cosasOptions.parse({ root: join(shared, "cosas-mini") }));
      const { index } = await planDataset(cosas, planContext());
      const context = planContext({ datasets: { data: index } });
      const items = await planSplits(
        open({ file: join(shared, "golden/folds/cosas-mini-4fold-seed42.json") }),
        context,
      );
      const { createStratifiedKfold } = await import("../stratified-kfold/stratified-kfold.js");
      const ours = await planSplits(
        createStratifiedKfold({ dataset: datasetHandle("data"), k: 4, by: "domain", validation: 0.2 }),
        context,
      );
      const byDomain = (ids: readonly string[]) =>
        ["kfbio-400", "3d-1000", "teksqray-600p"].map((name) => ids.filter((id) => id.startsWith(name)).length);
      expect(items).toHaveLength(4);
      items.forEach(({ split }, fold) => {
        for (const part of ["train", "validation", "test"] as const) {
          expect(byDomain(ours[fold].split[part])).toEqual(byDomain(split[part]));
        }
      });
    });
  },
);
