import { createRng, type Fallback } from "@eosin/plugin-api";
import type { Sample } from "@eosin/plugin-api/imaging";
import { describe, expect, test } from "vitest";
import { buildAugmenter, buildNormalizer, sampleOf, stream } from "../testing/build.test-support.js";
import { awkward, degenerate, drawPatch, singleStain } from "../testing/patches.test-support.js";

interface Built {
  readonly warnings: readonly string[];
  readonly fallbacks: readonly Fallback[];
  apply(sample: Sample): Sample;
}

const training = [1, 2, 3].map((seed) => sampleOf(drawPatch(48, 48, undefined, seed), `training-${seed}`));

const normalizer =
  (type: string, fixed: object = {}) =>
  async (options: object): Promise<Built> => {
    const state = await (await buildNormalizer(type, fixed)).it.fit?.(stream(training));
    const { it, ...said } = await buildNormalizer(type, { ...fixed, ...options }, state);
    return {
      ...said,
      apply(sample) {
        const image = it.normalize(sample.image, sample.id);
        return image === sample.image ? sample : { ...sample, image };
      },
    };
  };

const augmenter =
  (type: string, fixed: object = {}) =>
  async (options: object): Promise<Built> => {
    const state = await (await buildAugmenter(type, fixed)).it.fit?.(stream(training));
    const { it, ...said } = await buildAugmenter(type, { ...fixed, ...options }, state);
    return { ...said, apply: (sample) => it.apply(sample, createRng("unsuitable", sample.id)) };
  };

const withPolicy: { readonly [name: string]: (options: object) => Promise<Built> } = {
  "stain/reinhard": normalizer("stain/reinhard"),
  "stain/macenko, StainTools": normalizer("stain/macenko", { form: "staintools" }),
  "stain/macenko, torchstain": normalizer("stain/macenko", { form: "torchstain" }),
  "stain/spcn": normalizer("stain/spcn"),
  "stain/randstainna, LAB": augmenter("stain/randstainna", { colourSpace: "lab" }),
  "stain/randstainna, HSV": augmenter("stain/randstainna", { colourSpace: "hsv" }),
  "stain/randstainna, HED": augmenter("stain/randstainna", { colourSpace: "hed" }),
  "stain/separation-augment": augmenter("stain/separation-augment"),
  "stain/separation-augment, all pixels": augmenter("stain/separation-augment", { pixels: "all" }),
  "stain/density-targets": augmenter("stain/density-targets"),
  "stain/hed-jitter": augmenter("stain/hed-jitter"),
};

const withoutPolicy: typeof withPolicy = {
  "stain/colour-jitter": augmenter("stain/colour-jitter"),
  "stain/grey": augmenter("stain/grey"),
};

const patches = Object.entries({ ...degenerate, ...awkward, "one stain": singleStain });

function expectPicture({ image, density }: Sample, input: Sample): void {
  expect([image.width, image.height, image.data.length]).toEqual([
    input.image.width,
    input.image.height,
    input.image.data.length,
  ]);
  if (input.image.data.some((value) => value > 1)) expect(Math.max(...image.data)).toBeGreaterThan(1);
  if (density) expect(density.data.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
}

describe.each(Object.entries({ ...withPolicy, ...withoutPolicy }))("%s", (method, build) => {
  test.each(patches)("%s stays as it is or becomes a picture; the input is not edited", async (name, image) => {
    const { apply, warnings, fallbacks } = await build({});
    const before = image.data.slice();
    const sample = sampleOf(image, name);
    const [first, second] = [apply(sample), apply(sample)];
    expect(image.data).toEqual(before);
    expectPicture(first, sample);
    expect(second.image.data).toEqual(first.image.data);
    expect(warnings).toHaveLength(fallbacks.length);
    if (fallbacks.length === 0) {
      if (method in withPolicy) expect(first).not.toBe(sample);
      return;
    }
    const [{ component, treatment, reason }] = fallbacks;
    expect(fallbacks).toEqual([{ component: method.split(",")[0], item: name, treatment, reason }]);
    expect(warnings).toEqual([`${component}: ${name} was ${treatment}: ${reason}.`]);
    expect(first.image).toBe(image);
  });
});

describe.each(Object.entries(withPolicy))("%s, unsuitable: error", (method, build) => {
  test.each(patches)("%s stops where it would be left, and only there", async (name, image) => {
    const lenient = await build({});
    const strict = await build({ unsuitable: "error" });
    const sample = sampleOf(image, name);
    const expected = lenient.apply(sample);
    if (lenient.fallbacks.length === 0) {
      expect(strict.apply(sample)).toEqual(expected);
      return;
    }
    expect(() => strict.apply(sample)).toThrow(
      expect.objectContaining({
        code: "PATCH_UNSUITABLE",
        message: expect.stringContaining(method.split(",")[0]),
        place: name,
        found: lenient.fallbacks[0].reason,
        next: expect.stringContaining("unsuitable: pass"),
      }),
    );
    expect(strict.warnings).toEqual([]);
  });
});

test.each(Object.entries(withPolicy))("%s leaves what it cannot treat, and treats a good patch", async (_, build) => {
  const { apply, fallbacks } = await build({});
  for (const name of ["white", "pure blue"]) apply(sampleOf({ ...degenerate, ...awkward }[name], name));
  expect(fallbacks.length).toBeGreaterThan(0);
  const left = fallbacks.length;
  apply(sampleOf(drawPatch(48, 48, undefined, 9), "good"));
  expect(fallbacks).toHaveLength(left);
});

const still = { mean: [0, 0, 0], std: [0, 0, 0] };
const black = { mean: [0, 128, 128], std: [0, 0, 0] }; // of 8-bit LAB

test.each([
  ["stain/randstainna", { template: { average: black, deviation: still } }],
  ["stain/separation-augment", { pixels: "all", distribution: "uniform", densityShift: 1e4 }],
])("%s leaves a patch that a draw would turn black", async (type, options) => {
  const { apply, fallbacks } = await augmenter(type, options)({});
  const patch = drawPatch(48, 48, undefined, 9);
  const made = Array.from({ length: 8 }, (_, i) => apply(sampleOf(patch, `patch ${i}`)).image);
  for (const { data } of made) expect(Math.max(...data)).toBeGreaterThan(1);
  expect(fallbacks.map((each) => each.reason)).toContain("it would turn black");
  expect(made.filter((image) => image === patch)).toHaveLength(fallbacks.length);
});
