import { expect, test } from "vitest";
import { drawPatch, STAINS } from "../testing/patches.test-support.js";
import { estimateMacenko } from "./macenko-estimate.js";
import { estimateMacenkoInDoubles } from "./macenko-estimate.test-support.js";
import { macenkoForms } from "./macenko-form.js";
import { angleBetween, type StainMatrix } from "./stain-matrix.js";
import { isTissue } from "./tissue.js";
import { isUnsuitable, type Unsuitable } from "./unsuitable.js";

function found(matrix: StainMatrix | Unsuitable): StainMatrix {
  if (isUnsuitable(matrix)) throw new Error(matrix.unsuitable);
  return matrix;
}

test.each(["staintools", "torchstain"] as const)(
  "%s: the kernels equal the float64 twin, whatever the size",
  (form) => {
    const { opticalDensity, tissue } = macenkoForms[form];
    for (const [width, height] of [
      [31, 17],
      [64, 48],
      [257, 131],
      [230, 300],
    ]) {
      const { data } = drawPatch(width, height, STAINS, width, 239);
      const densities: number[] = [];
      for (let at = 0; at < data.length; at += 3) {
        if (!isTissue(tissue, data[at], data[at + 1], data[at + 2])) continue;
        for (let c = 0; c < 3; c++) densities.push(opticalDensity[data[at + c]]);
      }
      const twin = found(estimateMacenkoInDoubles(Float64Array.from(densities)));
      const ours = found(estimateMacenko(data, opticalDensity, tissue));
      for (const stain of [0, 1] as const) expect(angleBetween(ours[stain], twin[stain])).toBeLessThan(1e-3);
    }
  },
);

test("colours without a common direction are not stained tissue", () => {
  const { opticalDensity, tissue } = macenkoForms.staintools;
  // Pure red and pure cyan: one channel's density falls where the others' rise.
  const rgb = Uint8Array.from({ length: 3 * 400 }, (_, i) =>
    Math.floor(i / 3) % 2 === (i % 3 === 0 ? 0 : 1) ? 200 : 10,
  );
  expect(estimateMacenko(rgb, opticalDensity, tissue)).toMatchObject({ unsuitable: expect.any(String) });
});
