import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { buildAugmenter, sampleOf, stream } from "../../testing/build.test-support.js";
import { drawPatch } from "../../testing/patches.test-support.js";

const sample = sampleOf(drawPatch(48, 48));

async function fitted(options: object = {}) {
  const { it } = await buildAugmenter("stain/mix", options);
  const state = await it.fit?.(stream([sample, sampleOf(drawPatch(48, 48, undefined, 2))]));
  return (await buildAugmenter("stain/mix", options, state)).it;
}

test("half of the samples stay, a quarter each is changed by one of the two", async () => {
  const [mix, only] = await Promise.all([fitted(), fitted({ separation: { p: 0 } })]);
  const counts = { same: 0, randStainNA: 0, separation: 0 };
  for (let key = 0; key < 400; key++) {
    const out = mix.apply(sample, createRng(key));
    if (out === sample) counts.same++;
    else if (only.apply(sample, createRng(key)) !== sample) {
      counts.randStainNA++;
      expect(only.apply(sample, createRng(key)).image.data).toEqual(out.image.data);
    } else counts.separation++;
  }
  expect(counts.same).toBeGreaterThan(160);
  expect(counts.same).toBeLessThan(240);
  expect(counts.randStainNA).toBeGreaterThan(70);
  expect(counts.separation).toBeGreaterThan(70);
});

test("a method's options reach it", async () => {
  const always = await fitted({
    randStainNA: { p: 0 },
    separation: { p: 1, densityScale: 0, densityShift: 0, saturation: 0, value: 0 },
  });
  const still = always.apply(sample, createRng(3)).image.data;
  const strong = (await fitted({ randStainNA: { p: 0 }, separation: { p: 1, densityScale: 0.5 } })).apply(
    sample,
    createRng(3),
  );
  expect(strong.image.data).not.toEqual(still);
});

test("probabilities that add up to more than 1", async () => {
  await expect(buildAugmenter("stain/mix", { randStainNA: { p: 0.7 }, separation: { p: 0.4 } })).rejects.toThrow(
    "more than 1",
  );
});
