import type { DefinitionOf } from "../../component.js";
import type { RgbImage } from "../../imaging/image.js";
import type { Separator, StainSeparation, Unsuitable } from "../../imaging/separator.js";
import { buildComponent, type CheckedWith } from "../build-component.js";
import { checkDefinition } from "../check-definition.js";
import { broken, type CheckReport } from "../checklist.js";
import { withoutMathRandom } from "../hidden-randomness.js";
import { checkDensities } from "../patches/check-shape.js";
import { firstDifference } from "../patches/copy-sample.js";
import { degenerateImages } from "../patches/degenerate.js";
import { tissueSample } from "../patches/tissue.js";
import { ratePerSecond } from "../rate.js";

/** What {@link checkSeparator} takes beside the definition. */
export interface SeparatorCheck extends CheckedWith {
  /** Grey levels by which the picture that the stains give back may differ from the image, in the mean. 12 unless given. */
  readonly residual?: number;
}

/**
 * Tests what a separator promises: stain vectors of unit length, densities of the image's size, light that
 * white · exp(−densities · matrix) gives back, determinism, the image untouched, unsuitable patches told.
 * @throws EosinError `CHECK_FAILED`, naming the promise.
 */
export async function checkSeparator(
  definition: DefinitionOf<Separator>,
  how: SeparatorCheck = {},
): Promise<CheckReport> {
  const list = await checkDefinition(definition, ["separator"], how);
  const build = async () => (await buildComponent(definition, how)).it;
  const images = Array.from({ length: 4 }, (_, key) => tissueSample(48, 40, key).image);
  const separate = (it: Separator, image: RgbImage) => withoutMathRandom(() => it.separate(image));

  await list.check("the image that comes in is not edited", async () => {
    const it = await build();
    for (const image of images) {
      const given = Object.freeze({ ...image, data: image.data.slice() });
      separate(it, given);
      if (firstDifference(image.data, given.data) !== undefined) broken("the image as it was", "other pixels");
    }
  });
  await list.check("tissue gives named stains, vectors of unit length and densities of the image's size", async () => {
    const it = await build();
    for (const image of images) checkSeparation(image, suitable(separate(it, image)));
  });
  await list.check("stains give the image back by Beer–Lambert", async () => {
    const it = await build();
    const most = how.residual ?? 12;
    for (const image of images) {
      const found = meanResidual(image, suitable(separate(it, image)));
      if (found > most) broken(`a mean difference of at most ${most} grey levels`, found.toFixed(1));
    }
  });
  await list.check("the same image gives the same stains, whatever came before", async () => {
    const it = await build();
    for (const image of [...images].reverse()) {
      const alone = suitable(separate(await build(), image));
      const after = suitable(separate(it, image));
      const at = firstDifference(alone.densities.data.slice(), after.densities.data);
      if (at !== undefined || firstDifference(alone.matrix.flat(), after.matrix.flat()) !== undefined) {
        broken("the stains that the image alone gives", "others");
      }
    }
  });
  await list.check("of patches without stains it says why", async () => {
    const it = await build();
    for (const image of Object.values(degenerateImages)) {
      const found = separate(it, image);
      if (!("unsuitable" in found)) checkSeparation(image, found);
      else if (found.unsuitable.trim() === "") broken("a reason", "an empty text");
    }
  });
  const it = await build();
  const large = tissueSample(256, 256, "rate").image;
  return list.report(await ratePerSecond(() => it.separate({ ...large, data: large.data.slice() })));
}

function suitable(found: StainSeparation | Unsuitable): StainSeparation {
  return "unsuitable" in found ? broken("stains of a patch of H&E", `unsuitable: ${found.unsuitable}`) : found;
}

function checkSeparation({ width, height }: RgbImage, { stains, matrix, white, densities }: StainSeparation): void {
  if (stains.length === 0 || matrix.length !== stains.length || densities.stains !== stains.length) {
    broken(
      "as many stains as rows of the matrix and densities",
      `${stains.length}, ${matrix.length}, ${densities.stains}`,
    );
  }
  for (const [i, vector] of matrix.entries()) {
    const length = Math.hypot(...vector);
    if (!(Math.abs(length - 1) < 1e-3)) broken(`a vector of length 1 for ${stains[i]}`, `length ${length}`);
  }
  if (!(white > 0 && white <= 255)) broken("white in 0…255", `${white}`);
  checkDensities(densities);
  if (densities.width !== width || densities.height !== height) {
    broken(`densities of ${width} × ${height} pixels`, `${densities.width} × ${densities.height}`);
  }
}

function meanResidual(image: RgbImage, { stains, matrix, white, densities }: StainSeparation): number {
  let sum = 0;
  for (let i = 0; i < image.width * image.height; i++) {
    for (let c = 0; c < 3; c++) {
      const od = stains.reduce((total, _, s) => total + densities.data[stains.length * i + s] * matrix[s][c], 0);
      sum += Math.abs(white * Math.exp(-od) - image.data[3 * i + c]);
    }
  }
  return sum / image.data.length;
}
