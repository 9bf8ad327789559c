import type { Augmenter, CropWindow } from "../../imaging/augmenter.js";
import type { Sample } from "../../imaging/sample.js";
import { createRng } from "../../random/rng.js";
import { broken, type Checklist } from "../checklist.js";
import { withoutMathRandom } from "../hidden-randomness.js";
import { checkSample } from "../patches/check-shape.js";
import { copyOf, difference, frozenCopyOf } from "../patches/copy-sample.js";
import { twoToneSample } from "../patches/two-tone.js";
import { checkFollowsImage } from "./correspondence.js";

/** Tests `applyWithin` of an augmenter that has it. */
export async function checkWithin(
  list: Checklist,
  build: () => Promise<Augmenter>,
  samples: readonly Sample[],
  keys: readonly number[],
): Promise<void> {
  const within = (it: Augmenter, sample: Sample, window: CropWindow, key: number) =>
    withoutMathRandom(() => it.applyWithin!(sample, window, createRng("testkit within", sample.id, key)));
  await list.check(
    "what is applied within a window has its size, draws by its key alone, and edits nothing",
    async () => {
      const it = await build();
      for (const sample of samples) {
        for (const window of windowsOf(sample)) {
          for (const key of keys) {
            const given = frozenCopyOf(sample);
            const made = within(it, given, window, key);
            const edited = difference(sample, given);
            if (edited !== undefined)
              broken("the sample as it was", edited, "Return a new sample; edit no array of the old one.");
            checkSample(sample, made);
            checkSize(made, window);
            const first = copyOf(made);
            const differs = difference(first, within(await build(), sample, window, key));
            if (differs !== undefined) broken("what this key gave before", differs, "Draw from the rng that is given.");
          }
        }
      }
    },
  );
  await list.check("mask and densities follow the image within a window", async () => {
    const it = await build();
    const sample = twoToneSample(90, 80, "follow within");
    for (const key of keys) checkFollowsImage(within(it, sample, { x: 20, y: 15, width: 60, height: 45 }, key));
  });
}

/** All of it, a part of it, a pixel in its corner, and more than there is: a loader crops small samples so. */
function windowsOf({ image: { width, height } }: Sample): readonly CropWindow[] {
  return [
    { x: 0, y: 0, width, height },
    { x: 3, y: 5, width: width - 9, height: height - 16 },
    { x: width - 1, y: height - 1, width: 1, height: 1 },
    { x: -4, y: -3, width: width + 9, height: height + 5 },
  ];
}

function checkSize({ image }: Sample, { width, height }: CropWindow): void {
  if (image.width === width && image.height === height) return;
  broken(
    `an image of the window's size, ${width} × ${height}`,
    `${image.width} × ${image.height}`,
    "Make the window's pixels, and no others.",
  );
}
