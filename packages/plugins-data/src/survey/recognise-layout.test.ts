import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createImageMaskFolders } from "../datasets/image-mask-folders/image-mask-folders.js";
import { imageMaskFoldersOptions } from "../datasets/image-mask-folders/options.js";
import { temporaryFolder, writePair } from "../testing/picture-folder.test-support.js";
import { planContext, planDataset } from "../testing/plan-context.test-support.js";
import { recogniseLayout } from "./recognise-layout.js";

let base: string;
beforeAll(async () => {
  base = await temporaryFolder();
});
afterAll(() => rm(base, { recursive: true }));

const layouts: readonly (readonly [name: string, image: string, mask: string, options: object])[] = [
  ["a folder a domain", "A/image/p#.png", "A/mask/p#.png", {}],
  ["other names of folders", "A/images/p#.png", "A/labels/p#.png", { imageFolder: "images", maskFolder: "labels" }],
  ["suffixes", "A/image/p#_he.png", "A/mask/p#_seg.png", { imageSuffix: "_he", maskSuffix: "_seg" }],
  ["prefixes", "A/image/img_#.png", "A/mask/mask_#.png", { imagePrefix: "img_", maskPrefix: "mask_" }],
  ["one domain", "image/p#.png", "mask/p#.png", { domain: "one-domain" }],
  [
    "masks beside images",
    "p#.png",
    "p#_mask.png",
    { domain: "masks-beside-images", imageFolder: ".", maskFolder: ".", maskSuffix: "_mask" },
  ],
  [
    "masks beside images of a domain",
    "A/p#.png",
    "A/p#_mask.png",
    { imageFolder: ".", maskFolder: ".", maskSuffix: "_mask" },
  ],
  ["folders below", "image/x/p#.png", "mask/x/p#.png", { domain: "folders-below", recursive: true }],
];

it.each(layouts)("recognises %s, and its data set finds all pairs by that", async (name, image, mask, options) => {
  const root = join(base, name.replaceAll(" ", "-"));
  for (const i of [1, 2, 3]) {
    await writePair(join(root, image.replace("#", `${i}`)), join(root, mask.replace("#", `${i}`)), 8, 8, i);
  }
  const found = await recogniseLayout(root);
  expect(found).toMatchObject({ uses: "data/image-mask-folders", with: { root, ...options }, paths: ["root"] });
  expect(Object.keys(found.with)).toHaveLength(1 + Object.keys(options).length);
  const { index } = await planDataset(createImageMaskFolders(imageMaskFoldersOptions.parse(found.with)), planContext());
  expect(index.samples).toHaveLength(3);
});

it("recognises the tasks of COSAS, and a table", async () => {
  await mkdir(join(base, "cosas/task2/scanner/image"), { recursive: true });
  expect(await recogniseLayout(join(base, "cosas"))).toMatchObject({ uses: "data/cosas", with: { task: 2 } });
  const file = join(base, "patches.csv");
  await writeFile(file, "image,mask\n");
  expect(await recogniseLayout(file)).toMatchObject({ uses: "data/table", with: { file }, paths: ["file"] });
});

it("says where there is nothing, nothing to know, or nothing of masks", async () => {
  await expect(recogniseLayout(join(base, "gone"))).rejects.toMatchObject({ code: "FOLDER_MISSING" });
  await mkdir(join(base, "empty"));
  await expect(recogniseLayout(join(base, "empty"))).rejects.toMatchObject({ code: "LAYOUT_UNKNOWN" });
  await writePair(join(base, "bare/image/p0.png"), join(base, "bare/other/p0.png"), 8, 8, 1);
  await expect(recogniseLayout(join(base, "bare"))).rejects.toMatchObject({
    code: "LAYOUT_UNKNOWN",
    found: "folders image, other",
  });
});
