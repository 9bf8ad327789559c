import type { DefinitionOf } from "../../component.js";
import type { Augmenter } from "../../imaging/augmenter.js";
import { IGNORED } from "../../imaging/ignored.js";
import type { Mask } from "../../imaging/image.js";
import type { Sample } from "../../imaging/sample.js";
import { createRng } from "../../random/rng.js";
import { buildComponent, type CheckedWith } from "../build-component.js";
import { checkDefinition } from "../check-definition.js";
import { broken, type CheckReport } from "../checklist.js";
import { withoutMathRandom } from "../hidden-randomness.js";
import { checkSample } from "../patches/check-shape.js";
import { copyOf, difference, firstDifference, frozenCopyOf } from "../patches/copy-sample.js";
import { bareSample, degenerateImages } from "../patches/degenerate.js";
import { tissueSample } from "../patches/tissue.js";
import { twoToneSample } from "../patches/two-tone.js";
import { ratePerSecond } from "../rate.js";
import { checkWithin } from "./check-within.js";
import { checkFollowsImage } from "./correspondence.js";
import { checkFallbacks } from "./fallbacks.js";
import { checkFit } from "./fit-state.js";
import { checkGivenDensities } from "./given-densities.js";
import { checkNoOverflow, rampSample } from "./overflow.js";

/** What {@link checkAugmenter} takes beside the definition. */
export interface AugmenterCheck extends CheckedWith {
  /** How many keys are drawn with; more find what happens rarely. 24 unless given. */
  readonly draws?: number;
  /** Set where the method means neighbouring grey levels to end far apart, as a threshold does. */
  readonly jumps?: boolean;
}

/**
 * Tests what an augmenter promises: same sample and key, same output, whatever ran before; inputs untouched; mask and
 * densities follow the image, also within a window; shapes and ranges; patches that it cannot work with; options that a plan can keep.
 * @throws EosinError `CHECK_FAILED`, naming the promise.
 * @example
 * ```ts
 * import { test } from "node:test";
 * import { defineAugmenter } from "@eosin/plugin-api/imaging";
 * import { checkAugmenter } from "@eosin/plugin-api/testing";
 * import { z } from "zod";
 *
 * const nothing = defineAugmenter({
 *   type: "my/nothing",
 *   summary: "Leaves every patch as it is.",
 *   options: z.strictObject({}),
 *   create: () => ({ apply: (sample) => sample }),
 * });
 *
 * test("my/nothing keeps the promises of augmenters", async () => {
 *   await checkAugmenter(nothing, { draws: 8 });
 * });
 * ```
 */
export async function checkAugmenter(
  definition: DefinitionOf<Augmenter>,
  how: AugmenterCheck = {},
): Promise<CheckReport> {
  const list = await checkDefinition(definition, ["augmenter"], how);
  const unfitted = async () => (await buildComponent(definition, how)).it;
  const state = await checkFit(list, unfitted);
  const build = () => buildComponent(definition, how, state);
  const keys = Array.from({ length: how.draws ?? 24 }, (_, key) => key);
  const apply = (it: Augmenter, sample: Sample, key: number) =>
    withoutMathRandom(() => it.apply(sample, createRng("testkit", sample.id, key)));
  const samples = [tissueSample(48, 40, "a"), tissueSample(40, 48, "b"), twoToneSample(60, 45, "c")];

  await list.check("the sample that comes in is not edited", async () => {
    const { it } = await build();
    for (const sample of samples) {
      for (const key of keys) {
        const given = frozenCopyOf(sample);
        apply(it, given, key);
        const edited = difference(sample, given);
        if (edited !== undefined)
          broken("the sample as it was", edited, "Return a new sample; edit no array of the old one.");
      }
    }
  });
  await list.check("image, mask and densities keep their form and range", async () => {
    const { it } = await build();
    for (const sample of samples) for (const key of keys) checkSample(sample, apply(it, sample, key));
  });
  await list.check("the same sample and key give the same output, whatever ran before", async () => {
    const expected: Sample[] = [];
    for (const sample of samples) {
      for (const key of keys) expected.push(copyOf(apply((await build()).it, sample, key)));
    }
    const { it } = await build();
    const cases = samples.flatMap((sample) => keys.map((key) => ({ sample, key })));
    for (const [index, { sample, key }] of [...cases.entries()].reverse()) {
      const differs = difference(expected[index], apply(it, sample, key));
      if (differs !== undefined) {
        broken(
          "what the first draw with this key gave",
          differs,
          "Keep nothing between samples that a draw depends on.",
        );
      }
    }
  });
  await list.check("a sample is looked at only while it is augmented", async () => {
    const { it } = await build();
    const buffer = copyOf(samples[0]);
    for (const key of keys) {
      const other = tissueSample(48, 40, `reuse ${key}`);
      buffer.image.data.set(other.image.data);
      buffer.mask!.data.set(other.mask!.data);
      buffer.density!.data.set(other.density!.data);
      const given = { ...buffer, id: other.id, image: { ...buffer.image } };
      const expected = apply((await build()).it, other, key);
      const differs = difference(expected, apply(it, given, key));
      if (differs !== undefined) broken("the new content of the reused arrays", differs);
    }
  });
  await list.check("mask and densities follow the image", async () => {
    const { it } = await build();
    for (const size of [60, 45]) {
      const sample = twoToneSample(60, size, `follow ${size}`);
      for (const key of keys) checkFollowsImage(apply(it, sample, key));
    }
  });
  if ((await build()).it.givesDensity) {
    await list.check("densities are given as promised", async () => {
      const { it } = await build();
      for (const { density: _, ...sample } of samples) {
        for (const key of keys) checkGivenDensities(it, apply(it, sample, key));
      }
    });
  }
  await list.check("ignored pixels stay ignored, and move along", async () => {
    const { it } = await build();
    for (const sample of samples) {
      const ignoring = { ...sample, mask: ignoredForeground(sample.mask!) };
      for (const key of keys) {
        const expected = ignoredForeground(apply(it, sample, key).mask!);
        const at = firstDifference(expected.data, apply(it, ignoring, key).mask!.data);
        if (at === undefined) continue;
        broken("255 wherever an ignored pixel moved to", `another value at ${at}`, "Take the nearest label; mix none.");
      }
    }
  });
  if ((await build()).it.applyWithin)
    await checkWithin(list, async () => (await build()).it, samples, keys.slice(0, 8));
  if (how.jumps !== true) {
    await list.check("values stop at the ends of their range", async () => {
      const { it } = await build();
      for (const key of keys) checkNoOverflow(apply(it, rampSample(), key).image);
    });
  }
  await list.check("patches that it cannot work with come out whole, and warnings name them", async () => {
    const { it, fallbacks } = await build();
    for (const [name, image] of Object.entries(degenerateImages)) {
      const sample = bareSample(name, image);
      for (const key of keys.slice(0, 8)) checkSample(sample, apply(it, sample, key));
    }
    checkFallbacks(
      fallbacks,
      Object.keys(degenerateImages).map((name) => `degenerate/${name}`),
    );
  });
  const { it } = await build();
  const large = tissueSample(256, 256, "rate");
  return list.report(await ratePerSecond((call) => it.apply(large, createRng("testkit rate", call))));
}

function ignoredForeground(mask: Mask): Mask {
  return { ...mask, data: mask.data.map((value) => (value === 1 ? IGNORED : value)) };
}
