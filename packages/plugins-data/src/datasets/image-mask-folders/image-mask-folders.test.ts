import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder, writePair } from "../../testing/picture-folder.test-support.js";
import { planContext, planDataset } from "../../testing/plan-context.test-support.js";
import { createImageMaskFolders } from "./image-mask-folders.js";
import { imageMaskFoldersOptions } from "./options.js";

const open = (options: object) => createImageMaskFolders(imageMaskFoldersOptions.parse(options), {});

describe("image and mask folders", () => {
  let root: string;
  beforeAll(async () => {
    root = await temporaryFolder();
    await writePair(join(root, "north/img/a.jpg"), join(root, "north/seg/a_mask.png"), 16, 12, 1);
    await writePair(join(root, "south/img/b.tif"), join(root, "south/seg/b_mask.tif"), 20, 8, 2);
    await writePair(join(root, "south/img/c.png"), join(root, "south/seg/c_mask.png"), 10, 10, 3);
  });
  const named = { imageFolder: "img", maskFolder: "seg", maskSuffix: "_mask" };

  it("pairs PNG, JPEG and TIFF by name below a root", async () => {
    const dataset = open({ root: ".", ...named });
    const { index } = await planDataset(dataset, planContext({ baseFolder: root }));
    expect(index.samples.map(({ id, width, height }) => [id, width, height])).toEqual([
      ["north/a", 16, 12],
      ["south/b", 20, 8],
      ["south/c", 10, 10],
    ]);
    const samples = await Promise.all(index.samples.map((entry) => dataset.read(entry)));
    expect(samples.map(({ mask }) => mask!.data.reduce((sum, each) => sum + each, 0))).toEqual([96, 80, 50]);
  });

  it("takes folders by name", async () => {
    const folders = [{ domain: "x", image: "south/img", mask: "south/seg" }];
    const dataset = open({ folders, maskSuffix: "_mask" });
    const { index } = await planDataset(dataset, planContext({ baseFolder: root }));
    expect(index.samples.map((each) => each.id)).toEqual(["x/b", "x/c"]);
  });

  it("wants either a root or folders", () => {
    expect(imageMaskFoldersOptions.safeParse({}).success).toBe(false);
    const folders = [{ domain: "x", image: "a", mask: "b" }];
    expect(imageMaskFoldersOptions.safeParse({ root: ".", folders }).success).toBe(false);
  });

  it("names an image without mask", async () => {
    await expect(open({ root, imageFolder: "img", maskFolder: "seg" }).plan(planContext())).rejects.toMatchObject({
      code: "MASK_MISSING",
      place: join(root, "north/img/a.jpg"),
    });
  });
});
