import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readImage } from "@eosin/pictures";
import sharp from "@eosin/pictures/sharp";
import { createRng } from "@eosin/plugin-api";
import type { RgbImage } from "@eosin/plugin-api/imaging";
import { beforeAll, describe, expect, it } from "vitest";
import { isHere } from "../../../../test/fixtures/required.js";
import { drawPatch } from "../datasets/synthetic/draw-patch.js";
import { picture } from "./looked.test-support.js";
import { type ComparedSample, findNearDuplicates } from "./near-duplicates.js";
import { createSampleMeasurer } from "./sample-figures.js";

const measure = createSampleMeasurer();
const cosasMini = fileURLToPath(new URL("../../../../../shared/cosas-mini/task2", import.meta.url));

function compared(id: string, image: RgbImage): ComparedSample {
  const { figures, thumbnails } = measure(image);
  return { id, pixels: figures.pixels, contrast: figures.contrast, density: thumbnails.density };
}

const opened = ({ width, height, data }: RgbImage) => sharp(data, { raw: { width, height, channels: 3 } });

async function pixelsOf(picture: ReturnType<typeof opened>): Promise<RgbImage> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

const recoloured = (image: RgbImage, level: (v: number) => number): RgbImage => ({
  ...image,
  data: Uint8Array.from(Uint8ClampedArray.from(image.data, level)),
});

const recompressed = async (image: RgbImage) => pixelsOf(sharp(await opened(image).jpeg({ quality: 50 }).toBuffer()));
const resized = (image: RgbImage, scale: number) =>
  pixelsOf(opened(image).resize(Math.round(image.width * scale), Math.round(image.height * scale), { fit: "fill" }));
const shifted = (image: RgbImage) =>
  pixelsOf(opened(image).extract({ left: 1, top: 1, width: image.width - 1, height: image.height - 1 }));

/** What people, scanners and exports do to a picture. */
const changes: { readonly [what: string]: (image: RgbImage) => RgbImage | Promise<RgbImage> } = {
  "JPEG of quality 50": recompressed,
  "half the size": (image) => resized(image, 0.5),
  "double the size": (image) => resized(image, 2),
  "20 % brighter": (image) => recoloured(image, (v) => v * 1.2),
  "20 % darker": (image) => recoloured(image, (v) => v * 0.8),
  "gamma 0.7": (image) => recoloured(image, (v) => 255 * (v / 255) ** 0.7),
  "gamma 1.4": (image) => recoloured(image, (v) => 255 * (v / 255) ** 1.4),
  "turned by 90°": (image) => pixelsOf(opened(image).rotate(90)),
  "turned by 180°": (image) => pixelsOf(opened(image).rotate(180)),
  "turned by 270°": (image) => pixelsOf(opened(image).rotate(270)),
  "mirrored left to right": (image) => pixelsOf(opened(image).flop()),
  "mirrored top to bottom": (image) => pixelsOf(opened(image).flip()),
  "shifted by 1 px": shifted,
  "all at once": async (image) => {
    const moved = await pixelsOf(opened(await shifted(image)).flop());
    return recompressed(
      await resized(
        recoloured(await pixelsOf(opened(moved).rotate(90)), (v) => v * 1.1 - 10),
        0.6,
      ),
    );
  },
};

async function expectAllFound(images: readonly RgbImage[], change: (typeof changes)[string]): Promise<void> {
  const originals = images.map((image, i) => compared(`original ${i}`, image));
  const copies = await Promise.all(images.map(async (image, i) => compared(`copy ${i}`, await change(image))));
  const { pairs, groups, leftOut } = findNearDuplicates([...originals, ...copies]);
  expect(groups).toEqual(images.map((_, i) => [`original ${i}`, `copy ${i}`]));
  expect(pairs).toHaveLength(images.length);
  expect(leftOut).toEqual([]);
}

describe("copies of synthetic patches", () => {
  let images: readonly RgbImage[];
  beforeAll(async () => {
    const recipe = { seed: 3, scanner: "scanner-a", size: 128, tumourFree: 0.2, confounders: 0.5, atypia: 0.5 };
    const drawn = Array.from({ length: 24 }, (_, index) => drawPatch(String(index), { ...recipe, index }));
    images = (await Promise.all(drawn)).map(({ image }) => image);
  });

  it.each(Object.keys(changes))("are found: %s", async (what) => {
    await expectAllFound(images, changes[what]);
  });

  it("are told with what was done to them", async () => {
    const [first, second] = images;
    const turned = await pixelsOf(opened(second).rotate(90));
    const { pairs } = findNearDuplicates([
      compared("a", first),
      compared("b", second),
      compared("b turned", turned),
      compared("a again", { ...first, data: first.data.slice() }),
    ]);
    expect(pairs).toEqual([
      {
        first: "b",
        second: "b turned",
        identical: false,
        correlation: expect.closeTo(1, 3),
        turn: "turned by 90° clockwise",
      },
      { first: "a", second: "a again", identical: true, correlation: 1, turn: "as it is" },
    ]);
  });
});

describe("pictures with little in them", () => {
  const blank = (level: number): RgbImage => ({ width: 64, height: 64, data: new Uint8Array(64 * 64 * 3).fill(level) });
  const noisy = (seed: number, levels: number): RgbImage => {
    const rng = createRng(seed, "noise");
    return {
      width: 64,
      height: 64,
      data: Uint8Array.from({ length: 64 * 64 * 3 }, () => 235 + rng.between(0, levels)),
    };
  };

  it("are left out and named, even if they are identical", () => {
    const result = findNearDuplicates(
      [blank(255), blank(255), noisy(1, 8)].map((image, i) => compared(String(i), image)),
    );
    expect(result).toEqual({ pairs: [], groups: [], leftOut: ["0", "1", "2"] });
  });

  it("are left out where a speck in a corner is all that is in them", () => {
    const specked = [1, 2].map((seed) => {
      const image = noisy(seed, 8);
      for (let y = 0; y < 8; y++) image.data.fill(60, y * 64 * 3, (y * 64 + 8) * 3);
      return compared(`speck ${seed}`, image);
    });
    expect(findNearDuplicates(specked)).toEqual({ pairs: [], groups: [], leftOut: ["speck 1", "speck 2"] });
  });

  it("are still found identical where single pixels differ from the rest", () => {
    // Fine noise: none of it is left in a thumbnail, but it is not a blank slide.
    const image = noisy(5, 20);
    expect(findNearDuplicates([compared("a", image), compared("b", image)]).groups).toEqual([["a", "b"]]);
  });
});

it("thousands of copies of one picture are one group, found without comparing every two", () => {
  const base = compared("base", picture(96, 96));
  const copies = Array.from({ length: 6000 }, (_, i) => ({
    ...base,
    id: `copy ${i}`,
    pixels: String(i),
    density: base.density.map((value, at) => value + ((i * 31 + at * 17) % 7 === 0 ? 1 : 0)),
  }));
  const { pairs, groups } = findNearDuplicates(copies);
  expect(groups).toHaveLength(1);
  expect(groups[0]).toHaveLength(6000);
  expect(pairs).toHaveLength(5999);
});

describe.skipIf(!isHere("golden", existsSync(cosasMini), "../shared/cosas-mini"))(
  "cosas-mini (needs ../shared)",
  () => {
    let images: readonly RgbImage[];
    let names: readonly string[];
    beforeAll(async () => {
      const folders = (await readdir(cosasMini)).map((scanner) => join(cosasMini, scanner, "image"));
      const files = await Promise.all(
        folders.map(async (folder) => (await readdir(folder)).sort().map((name) => join(folder, name))),
      );
      names = files.flat();
      images = await Promise.all(names.map(async (name) => (await readImage(name)).image));
    });

    it("has no two patches of the same tissue, and none of little contrast", () => {
      const result = findNearDuplicates(images.map((image, i) => compared(names[i], image)));
      expect(result).toEqual({ pairs: [], groups: [], leftOut: [] });
      expect(images).toHaveLength(180);
    });

    it.each(["20 % brighter", "shifted by 1 px", "all at once"])("all 180 copies are found: %s", async (what) => {
      await expectAllFound(images, changes[what]);
    });
  },
);
