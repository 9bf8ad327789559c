import { IGNORED } from "@eosin/plugin-api/imaging";
import fc from "fast-check";
import { expect, test } from "vitest";
import { lookKernels } from "./kernels/look-kernels.js";
import { measurePlainly } from "./plain-figures.test-support.js";
import { createSampleMeasurer, type SampleMeasurer } from "./sample-figures.js";

const measure = createSampleMeasurer();

/** Bytes that only look as if drawn by lot, with runs of the extremes among them. */
function bytes(length: number, seed: number): Uint8Array {
  let state = seed | 1;
  return Uint8Array.from({ length }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (i >> 5) % 7 === seed % 7 ? 255 * ((i >> 3) & 1) : state >>> 24;
  });
}

function sample(
  width: number,
  height: number,
  seed: number,
  labels: readonly number[] | undefined,
): Parameters<SampleMeasurer> {
  const image = { width, height, data: bytes(3 * width * height, seed) };
  if (labels === undefined) return [image];
  const data = bytes(width * height, seed + 1).map((byte) => labels[byte % labels.length]);
  return [image, { width, height, data }];
}

const side = fc.oneof(fc.constantFrom(1, 2, 3, 15, 16, 17, 31, 32, 33, 95, 96, 97), fc.integer({ min: 1, max: 130 }));
const masks = fc.constantFrom(undefined, [0, 1], [0, 1, IGNORED], [IGNORED], [0], [1]);

test("the kernels find what plain steps find, whatever the size and the mask", () => {
  fc.assert(
    fc.property(side, side, fc.nat(1000), masks, (width, height, seed, labels) => {
      const drawn = sample(width, height, seed, labels);
      expect(measure(...drawn)).toEqual(measurePlainly(...drawn));
    }),
    { numRuns: 80 },
  );
});

const { BAND } = lookKernels().at;

test.each([
  ["one column", 1, 40],
  ["two columns", 2, 3],
  ["one row", 17, 1],
  ["two rows", 3, 2],
  ["white, in more rows than 16 bits can sum", 3, 30_000],
  ["a whole band", BAND, 3],
  ["a column more than a band", BAND + 1, 5],
  ["two columns more than two bands", 2 * BAND + 2, 40],
])("%s: %i × %i", (name, width, height) => {
  const drawn = sample(width, height, 7, [0, 1, IGNORED]);
  if (name.startsWith("white")) drawn[0].data.fill(255);
  expect(measure(...drawn)).toEqual(measurePlainly(...drawn));
});

test("a large picture takes no more of the kernels' memory than a small one", () => {
  const { bytes: memory } = lookKernels();
  measure(...sample(10_000, 300, 3, [0, 1]));
  expect(lookKernels().bytes).toBe(memory);
  expect(memory.buffer.byteLength).toBe(2 ** 19);
});
