import { existsSync } from "node:fs";
import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { isHere } from "../../../../../test/fixtures/required.js";
import { temporaryFolder, writePair, writePicture } from "../../testing/picture-folder.test-support.js";
import { planContext, planDataset } from "../../testing/plan-context.test-support.js";
import { createCosas } from "./cosas.js";
import { cosasOptions } from "./options.js";

const context = planContext();
const open = (options: object) => createCosas(cosasOptions.parse(options), {});
const shared = fileURLToPath(new URL("../../../../../../shared/cosas-mini", import.meta.url));

describe("an archive", () => {
  let root: string;
  beforeAll(async () => {
    root = await temporaryFolder();
    const domains = ["task2/teksqray-600p", "task2/3d-1000", "task2/kfbio-400", "task1/stomach", "task1/colorectum"];
    for (const [d, domain] of domains.entries()) {
      for (const [i, id] of ["b1", "a0"].entries()) {
        const folder = join(root, domain);
        await writePair(join(folder, "image", `${id}.png`), join(folder, "mask", `${id}.png`), 12, 9 + d, 10 * d + i);
      }
    }
  });

  const copy = async () => {
    const folder = await temporaryFolder();
    await cp(root, folder, { recursive: true });
    return folder;
  };

  it("lists scanners in the paper's order, ids sorted", async () => {
    const { index } = await planDataset(open({ root }), context);
    expect(index.samples.map((each) => each.id)).toEqual([
      "kfbio-400/a0",
      "kfbio-400/b1",
      "3d-1000/a0",
      "3d-1000/b1",
      "teksqray-600p/a0",
      "teksqray-600p/b1",
    ]);
    expect(index.samples[0]).toMatchObject({ domain: "kfbio-400", width: 12, height: 11 });
    expect(index.summary).toMatch(/^6 patches of 3 scanners from /);
  });

  it("gives both tasks, a subset of domains, and the first of each", async () => {
    const both = await planDataset(open({ root, task: [1, 2], limit: 1 }), context);
    expect(both.index.samples.map((each) => each.id)).toEqual([
      "colorectum/a0",
      "stomach/a0",
      "kfbio-400/a0",
      "3d-1000/a0",
      "teksqray-600p/a0",
    ]);
    const some = await planDataset(open({ root, domains: ["3d-1000"] }), context);
    expect(some.index.samples.map((each) => each.id)).toEqual(["3d-1000/a0", "3d-1000/b1"]);
  });

  it("reads pixels and mask", async () => {
    const dataset = open({ root });
    const { index } = await planDataset(dataset, context);
    const sample = await dataset.read(index.samples[0]);
    expect(sample.image.data).toHaveLength(12 * 11 * 3);
    expect([...sample.mask!.data.subarray(0, 12)]).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
  });

  it("has an identity of content, not of place", async () => {
    const here = await planDataset(open({ root }), context);
    const elsewhere = await copy();
    const there = await planDataset(open({ root: "." }), planContext({ baseFolder: elsewhere }));
    expect(there.identity).toEqual(here.identity);
    expect(JSON.stringify(here.identity)).not.toContain(root);
    const mask = join(elsewhere, "task2/kfbio-400/mask/a0.png");
    await writePicture(mask, new Uint8Array(12 * 11), 12, 11, 1);
    const changed = await planDataset(open({ root: elsewhere }), context);
    expect(changed.identity).not.toEqual(here.identity);
  });

  it("names what is missing or broken", async () => {
    await expect(open({ root: "/nowhere" }).plan(context)).rejects.toMatchObject({
      code: "FOLDER_MISSING",
      place: "/nowhere/task2",
      next: expect.stringContaining("root"),
    });
    await expect(open({ root, domains: ["3d"] }).plan(context)).rejects.toMatchObject({
      code: "UNKNOWN_DOMAIN",
      didYouMean: "3d-1000",
    });
    const broken = await copy();
    const mask = join(broken, "task2/3d-1000/mask/b1.png");
    const image = join(broken, "task2/3d-1000/image/b1.png");
    await writePicture(mask, new Uint8Array(30), 6, 5, 1);
    await expect(open({ root: broken }).plan(context)).rejects.toMatchObject({ code: "SIZE_MISMATCH", place: mask });
    await rm(mask);
    await expect(open({ root: broken }).plan(context)).rejects.toMatchObject({ code: "MASK_MISSING", place: image });
    await writeFile(image, "not a picture");
    await writePicture(mask, new Uint8Array(120), 12, 10, 1);
    await expect(open({ root: broken }).plan(context)).rejects.toMatchObject({ code: "NO_PICTURE", place: image });
    await rm(image);
    await expect(open({ root: broken }).plan(context)).rejects.toMatchObject({ code: "IMAGE_MISSING", place: mask });
    for (const folder of ["kfbio-400", "3d-1000", "teksqray-600p"]) {
      await rm(join(broken, "task2", folder), { recursive: true });
    }
    await expect(open({ root: broken }).plan(context)).rejects.toMatchObject({ code: "DATASET_EMPTY" });
  });
});

describe.skipIf(!isHere("golden", existsSync(shared), "../shared/cosas-mini"))("cosas-mini (needs ../shared)", () => {
  it("has 180 pairs of 3 scanners, planned without decoding", async () => {
    const dataset = open({ root: shared });
    const { index } = await planDataset(dataset, context);
    expect(index.samples).toHaveLength(180);
    expect([...new Set(index.samples.map((each) => each.domain))]).toEqual(["kfbio-400", "3d-1000", "teksqray-600p"]);
    const { image, mask } = await dataset.read(index.samples.find((each) => each.id === "kfbio-400/6f7c87af44b3")!);
    expect(image.data).toHaveLength(image.width * image.height * 3);
    expect(mask).toMatchObject({ width: image.width, height: image.height });
  });
});
