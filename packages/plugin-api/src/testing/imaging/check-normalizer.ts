import type { DefinitionOf } from "../../component.js";
import type { RgbImage } from "../../imaging/image.js";
import type { Normalizer } from "../../imaging/normalizer.js";
import { buildComponent, type CheckedWith } from "../build-component.js";
import { checkDefinition } from "../check-definition.js";
import { broken, type CheckReport } from "../checklist.js";
import { withoutMathRandom } from "../hidden-randomness.js";
import { checkImage } from "../patches/check-shape.js";
import { firstDifference } from "../patches/copy-sample.js";
import { degenerateImages } from "../patches/degenerate.js";
import { tissueSample } from "../patches/tissue.js";
import { ratePerSecond } from "../rate.js";
import { checkFallbacks } from "./fallbacks.js";
import { checkFit } from "./fit-state.js";

/**
 * Tests what a normalizer promises: deterministic and free of memory, the image untouched, size kept, patches that it
 * cannot normalise passed through.
 * @throws EosinError `CHECK_FAILED`, naming the promise.
 */
export async function checkNormalizer(
  definition: DefinitionOf<Normalizer>,
  how: CheckedWith = {},
): Promise<CheckReport> {
  const list = await checkDefinition(definition, ["normalizer"], how);
  const state = await checkFit(list, async () => (await buildComponent(definition, how)).it);
  const build = () => buildComponent(definition, how, state);
  const images = Array.from({ length: 6 }, (_, key) => tissueSample(48, 40, key).image);
  const normalize = (it: Normalizer, image: RgbImage, name: string) =>
    withoutMathRandom(() => it.normalize(image, name));

  await list.check("the image that comes in is not edited", async () => {
    const { it } = await build();
    for (const [i, image] of images.entries()) {
      const given = Object.freeze({ ...image, data: image.data.slice() });
      normalize(it, given, `${i}`);
      if (firstDifference(image.data, given.data) !== undefined) broken("the image as it was", "other pixels");
    }
  });
  await list.check("size and range stay", async () => {
    const { it } = await build();
    for (const [i, image] of images.entries()) checkSameSize(image, normalize(it, image, `${i}`));
  });
  await list.check("the same image gives the same output, whatever came before", async () => {
    const { it } = await build();
    for (const [i, image] of [...images.entries()].reverse()) {
      const alone = normalize((await build()).it, image, `${i}`).data.slice();
      const at = firstDifference(alone, normalize(it, image, `${i}`).data);
      if (at !== undefined) broken("the output that the image alone gives", `another value at ${at}`);
    }
  });
  await list.check("patches that it cannot normalise come out whole, and warnings name them", async () => {
    const { it, fallbacks } = await build();
    for (const [name, image] of Object.entries(degenerateImages)) checkSameSize(image, normalize(it, image, name));
    checkFallbacks(fallbacks, Object.keys(degenerateImages));
  });
  const { it } = await build();
  const large = tissueSample(256, 256, "rate").image;
  return list.report(
    // An array of its own each time: methods may remember what they measured of the last image.
    await ratePerSecond((call) => it.normalize({ ...large, data: large.data.slice() }, `${call}`)),
  );
}

function checkSameSize(given: RgbImage, image: RgbImage): void {
  checkImage(image);
  if (image.width === given.width && image.height === given.height) return;
  broken(`${given.width} × ${given.height} pixels`, `${image.width} × ${image.height}`);
}
