import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder, writePair } from "../../testing/picture-folder.test-support.js";
import { planContext, planDataset } from "../../testing/plan-context.test-support.js";
import { createImageMaskFolders } from "./image-mask-folders.js";
import { imageMaskFoldersOptions } from "./options.js";

let base: string;
let made = 0;

beforeAll(async () => {
  base = await temporaryFolder();
});
afterAll(() => rm(base, { recursive: true }));

/** A root with the pairs named: image file and mask file below it. */
async function rootOf(...pairs: readonly (readonly [image: string, mask: string])[]): Promise<string> {
  const root = join(base, `root-${made++}`);
  for (const [i, [image, mask]] of pairs.entries()) await writePair(join(root, image), join(root, mask), 8 + i, 6, i);
  return root;
}

const plan = (options: object) =>
  planDataset(createImageMaskFolders(imageMaskFoldersOptions.parse(options)), planContext());
const ids = async (options: object) => (await plan(options)).index.samples.map((each) => each.id);
const fault = (options: object) =>
  plan(options).then(
    () => "no error",
    (error) => error,
  );

describe("layouts that options read", () => {
  it("nested folders of the same names", async () => {
    const root = await rootOf(
      ["A/image/pat1/a.png", "A/mask/pat1/a.png"],
      ["A/image/pat2/a.png", "A/mask/pat2/a.png"],
      ["A/image/b.png", "A/mask/b.png"],
    );
    expect(await ids({ root, recursive: true })).toEqual(["A/b", "A/pat1/a", "A/pat2/a"]);
    const { index } = await plan({ root });
    expect(index.samples.map((each) => each.id)).toEqual(["A/b"]);
    expect(index.passedOver).toEqual([
      { folder: "A/image", reason: expect.stringContaining("recursive: true"), count: 2, examples: ["pat1/", "pat2/"] },
      { folder: "A/mask", reason: expect.stringContaining("recursive: true"), count: 2, examples: ["pat1/", "pat2/"] },
    ]);
  });

  it("image and mask in one folder, told by suffix, prefix or ending", async () => {
    const suffixed = await rootOf(["A/p0.png", "A/p0_mask.png"], ["A/p1.png", "A/p1_mask.png"]);
    const oneFolder = { imageFolder: ".", maskFolder: "." };
    expect(await ids({ root: suffixed, ...oneFolder, maskSuffix: "_mask" })).toEqual(["A/p0", "A/p1"]);
    const both = await rootOf(["A/all/p0_image.png", "A/all/p0_mask.png"], ["A/all/p1_image.png", "A/all/p1_mask.png"]);
    await writeFile(join(both, "A/all/p0_heat.png"), "neither");
    const named = { imageSuffix: "_image", maskSuffix: "_mask", imageFolder: "all", maskFolder: "all" };
    const { index } = await plan({ root: both, ...named });
    expect(index.samples.map((each) => each.id)).toEqual(["A/p0", "A/p1"]);
    expect(index.passedOver).toMatchObject([{ folder: "A/all", count: 1, examples: ["p0_heat.png"] }]);
    const byEnding = await rootOf(["A/p0.jpg", "A/p0.png"]);
    expect(await ids({ root: byEnding, ...oneFolder, imageEndings: [".JPG"], maskEndings: ["png"] })).toEqual(["A/p0"]);
    const byPrefix = await rootOf(["A/image/img_7.png", "A/mask/mask_7.png"]);
    expect(await ids({ root: byPrefix, imagePrefix: "img_", maskPrefix: "mask_" })).toEqual(["A/7"]);
  });

  it("masks in a folder below the images'", async () => {
    const root = await rootOf(["A/a.png", "A/mask/a.png"]);
    const { index } = await plan({ root, imageFolder: "." });
    expect(index.samples.map((each) => each.id)).toEqual(["A/a"]);
    expect(index.passedOver).toBeUndefined();
    expect(await ids({ root, imageFolder: ".", recursive: true })).toEqual(["A/a"]);
  });

  it("a root without domains", async () => {
    const root = await rootOf(["image/a.png", "mask/a.png"], ["image/b.bmp.png", "mask/b.bmp.png"]);
    expect(await ids({ root, domain: "north" })).toEqual(["north/a", "north/b.bmp"]);
  });

  it("BMP and WebP beside PNG (F24)", async () => {
    const root = await rootOf(["A/image/a.png", "A/mask/a.png"], ["A/image/c.webp", "A/mask/c.png"]);
    expect(await ids({ root })).toEqual(["A/a", "A/c"]);
  });

  it("what does not belong to the data, said where it is", async () => {
    const root = await rootOf(["A/image/a.png", "A/mask/a.png"]);
    await mkdir(join(root, "empty/deeper"), { recursive: true });
    await mkdir(join(root, "__MACOSX/A/image"), { recursive: true });
    await mkdir(join(root, "A/overlay"));
    for (const file of ["A/image/._a.png", "A/image/Thumbs.db", "A/image/a.txt", "b.png", "A/overlay/a.png"]) {
      await writeFile(join(root, file), "");
    }
    const { index } = await plan({ root });
    expect(index.samples.map((each) => each.id)).toEqual(["A/a"]);
    expect(index.passedOver?.map(({ folder, count, examples }) => [folder, count, ...examples])).toEqual([
      [".", 1, "b.png"],
      ["A", 1, "overlay/"],
      ["A/image", 1, "a.txt"],
    ]);
  });
});

describe("layouts that need an option are told which", () => {
  it.each([
    ["images", "masks", "Set `imageFolder: images`, `maskFolder: masks`."],
    ["Image", "Mask", "Set `imageFolder: Image`, `maskFolder: Mask`."],
    ["patches", "labels", "Set `imageFolder: patches`, `maskFolder: labels`."],
    ["image", "annotations", "Set `maskFolder: annotations`."],
    ["img", "mask", "Set `imageFolder: img`."],
  ])("folders %s and %s", async (image, mask, next) => {
    const root = await rootOf([`A/${image}/a.png`, `A/${mask}/a.png`], [`B/${image}/a.png`, `B/${mask}/a.png`]);
    expect(await fault({ root })).toMatchObject({ code: "FOLDER_MISSING", next });
  });

  it("images deeper (F26)", async () => {
    const root = await rootOf(["A/image/pat1/a.png", "A/mask/pat1/a.png"], ["B/image/a.png", "B/mask/a.png"]);
    expect(await fault({ root })).toMatchObject({
      code: "DATASET_EMPTY",
      place: join(root, "A/image"),
      message: expect.stringContaining("deeper"),
      next: expect.stringContaining("recursive: true"),
    });
  });

  it("masks with a suffix, a prefix, or names of their own", async () => {
    const names = ["p0", "p1", "p2"];
    const suffixed = await rootOf(...names.map((name) => [`A/image/${name}.png`, `A/mask/${name}_mask.png`] as const));
    expect(await fault({ root: suffixed })).toMatchObject({
      code: "MASK_MISSING",
      next: expect.stringContaining("Set `maskSuffix: _mask`"),
    });
    expect(await ids({ root: suffixed, maskSuffix: "_mask" })).toEqual(["A/p0", "A/p1", "A/p2"]);
    const prefixed = await rootOf(
      ...names.map((name) => [`A/image/he_${name}.png`, `A/mask/seg_${name}.png`] as const),
    );
    expect(await fault({ root: prefixed })).toMatchObject({
      next: expect.stringContaining("Set `imagePrefix: he_`, `maskPrefix: seg_`"),
    });
    const mistaken = await fault({ root: suffixed, maskSuffix: "_msk" });
    expect(mistaken).toMatchObject({ code: "MASK_MISSING", next: expect.stringContaining("Set `maskSuffix: _mask`") });
    const typo = await rootOf(["A/image/p0.png", "A/mask/p0.png"], ["A/image/case12.png", "A/mask/case21.png"]);
    expect(await fault({ root: typo })).toMatchObject({ code: "MASK_MISSING", didYouMean: "case21" });
  });

  it("images and masks in one folder", async () => {
    const beside = await rootOf(["A/p0.png", "A/p0_seg.png"], ["A/p1.png", "A/p1_seg.png"]);
    const next = "Set `imageFolder: .`, `maskFolder: .`, `maskSuffix: _seg`.";
    expect(await fault({ root: beside })).toMatchObject({ code: "FOLDER_MISSING", next });
    const inImage = await rootOf(["A/image/p0.png", "A/image/p0_seg.png"]);
    expect(await fault({ root: inImage })).toMatchObject({ next: "Set `maskFolder: image`, `maskSuffix: _seg`." });
    const oneFolder = { root: beside, imageFolder: ".", maskFolder: "." };
    expect(await fault(oneFolder)).toMatchObject({ code: "NAMING_AMBIGUOUS", next: "Set `maskSuffix: _seg`." });
  });

  it("a root without domains", async () => {
    const flat = await rootOf(["image/a.png", "mask/a.png"]);
    expect(await fault({ root: flat })).toMatchObject({ next: expect.stringContaining("Set `domain: NAME`:") });
    await rename(join(flat, "image"), join(flat, "images"));
    expect(await fault({ root: flat })).toMatchObject({
      next: expect.stringContaining("Set `domain: NAME`, `imageFolder: images`:"),
    });
    const flatter = await rootOf(["p0.png", "p0_mask.png"]);
    expect(await fault({ root: flatter })).toMatchObject({
      next: expect.stringContaining("`domain: NAME`, `imageFolder: .`, `maskFolder: .`, `maskSuffix: _mask`"),
    });
  });

  it("domains one folder deeper, a folder that is not a domain, a listed folder that is missing", async () => {
    const root = await rootOf(["lab/A/image/a.png", "lab/A/mask/a.png"]);
    expect(await fault({ root })).toMatchObject({
      next: expect.stringContaining(`Set \`root\` to ${join(root, "lab")}`),
    });
    const other = await rootOf(["A/image/a.png", "A/mask/a.png"]);
    await mkdir(join(other, "notes"));
    await writeFile(join(other, "notes/a.txt"), "");
    expect(await fault({ root: other })).toMatchObject({ next: expect.stringContaining("`domains`") });
    expect(await ids({ root: other, domains: ["A"] })).toEqual(["A/a"]);
    const folders = [{ domain: "A", image: join(other, "A/images"), mask: join(other, "A/mask") }];
    expect(await fault({ folders })).toMatchObject({
      code: "FOLDER_MISSING",
      place: join(other, "A/images"),
      didYouMean: "image",
      next: expect.stringContaining("`folders`"),
    });
  });

  it("partners of another ending, or deeper", async () => {
    const root = await rootOf(["A/image/a.png", "A/mask/a.png"], ["A/image/b.png", "A/mask/x/b.png"]);
    expect(await fault({ root })).toMatchObject({
      code: "MASK_MISSING",
      found: expect.stringContaining("1 file passed over in A/mask: they are in folders below"),
    });
    await rename(join(root, "A/image/a.png"), join(root, "A/image/a.gif"));
    expect(await fault({ root, exclude: ["A/b"] })).toMatchObject({
      code: "IMAGE_MISSING",
      found: expect.stringContaining(".gif is not a picture's ending (a.gif)"),
    });
  });

  it("an empty dataset says what was passed over", async () => {
    const root = await rootOf(["A/image/a.png", "A/mask/a.png"]);
    for (const part of ["image", "mask"]) await rename(join(root, "A", part, "a.png"), join(root, "A", part, "a.gif"));
    expect(await fault({ root })).toMatchObject({
      code: "DATASET_EMPTY",
      found: expect.stringContaining(".gif is not a picture's ending (a.gif)"),
    });
  });
});

describe("names in two Unicode forms", () => {
  const [composed, decomposed] = ["\u00e9", "e\u0301"];

  it("are one name, which is told", async () => {
    const root = await rootOf([`Besan\u00e7on/image/${composed}.png`, `Besan\u00e7on/mask/${decomposed}.png`]);
    const { index } = await plan({ root });
    expect(index.samples.map((each) => each.id)).toEqual([`Besan\u00e7on/${composed}`]);
    expect(index.remarks).toEqual([expect.stringContaining(`Besan\u00e7on/${composed}`)]);
    const alike = await rootOf([`A/image/${decomposed}.png`, `A/mask/${decomposed}.png`]);
    const planned = await plan({ root: alike, domains: ["A"] });
    expect(planned.index.samples[0].id).toBe(`A/${composed}`);
    expect(planned.index.remarks).toBeUndefined();
  });

  it("are asked for in either", async () => {
    const root = await rootOf(["Besanc\u0327on/image/a.png", "Besanc\u0327on/mask/a.png"]);
    expect(await ids({ root, domains: ["Besan\u00e7on"] })).toEqual(["Besan\u00e7on/a"]);
    expect(await ids({ root, domains: ["Besanc\u0327on"] })).toEqual(["Besan\u00e7on/a"]);
  });

  it("must not be of two files of one folder", async () => {
    const root = await rootOf([`A/image/${composed}.png`, `A/mask/${composed}.png`]);
    await cp(join(root, `A/image/${composed}.png`), join(root, `A/image/${decomposed}.png`));
    expect(await fault({ root })).toMatchObject({
      code: "SAMPLE_DUPLICATE",
      message: expect.stringContaining("Unicode form"),
    });
    const domains = await rootOf([`${composed}/image/a.png`, `${composed}/mask/a.png`]);
    await cp(join(domains, composed), join(domains, decomposed), { recursive: true });
    expect(await fault({ root: domains })).toMatchObject({ code: "FOLDER_DUPLICATE" });
  });
});
