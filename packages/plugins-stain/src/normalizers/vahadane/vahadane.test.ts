import { expect, test } from "vitest";
import { angleBetween, type StainMatrix } from "../../estimation/stain-matrix.js";
import { isUnsuitable } from "../../estimation/unsuitable.js";
import { estimateVahadane } from "../../estimation/vahadane-estimate.js";
import { buildNormalizer, sampleOf, stream } from "../../testing/build.test-support.js";
import {
  difference,
  goldenIds,
  goldenImage,
  goldenPath,
  goldenValues,
  hasGolden,
  TARGET,
} from "../../testing/golden.test-support.js";
import { drawPatch, shuffled } from "../../testing/patches.test-support.js";

function matrixOf(image: Parameters<typeof estimateVahadane>[0]): StainMatrix {
  const source = estimateVahadane(image);
  if (isUnsuitable(source)) throw new Error(source.unsuitable);
  return source.matrix;
}

test.skipIf(!hasGolden).each(goldenIds)(
  "%s: stains within 0.05° and pictures within 2 of StainTools with SPAMS",
  async (id) => {
    const image = await goldenImage(id);
    const matrix = matrixOf(image);
    const golden = goldenValues(id).vahadane_staintools.stain_matrix;
    for (const k of [0, 1] as const) expect(angleBetween(matrix[k], golden[k])).toBeLessThan(0.05);
    const { it } = await buildNormalizer("stain/vahadane", { target: goldenPath(TARGET) });
    const { largest, over } = difference(
      it.normalize(image, id).data,
      (await goldenImage(id, "staintools_vahadane.png")).data,
    );
    expect(largest).toBeLessThanOrEqual(2);
    expect(over[1]).toBeLessThan(1e-3);
  },
);

test("the order of the pixels changes no bit of the matrix", () => {
  const image = drawPatch(300, 260);
  expect(matrixOf(shuffled(image))).toEqual(matrixOf(image));
});

test("an image normalised to itself comes back within rounding", async () => {
  const image = drawPatch(96, 96);
  const state = await (await buildNormalizer("stain/vahadane")).it.fit?.(stream([sampleOf(image, "target")]));
  const { it } = await buildNormalizer("stain/vahadane", {}, state);
  const { data } = it.normalize(image, "target");
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += Math.abs(data[i] - image.data[i]);
  // What two stains cannot tell is lost, and the sparse densities are a little too small.
  expect(sum / data.length).toBeLessThan(4);
});
