import { expect, test } from "vitest";
import { picture } from "./looked.test-support.js";
import { hammingDistance, perceptualHash, turnedHashes } from "./perceptual-hash.js";
import { createSampleMeasurer } from "./sample-figures.js";
import { turnedIndex, turns } from "./turns.js";

const { density } = createSampleMeasurer()(picture(61, 47)).thumbnails;

test("the bits are the signs of SciPy's lowest frequencies", () => {
  expect(perceptualHash(density)).toEqual({ high: 0xee64f04a, low: 0x1780144c });
});

test("turning a picture moves and flips its bits", () => {
  const turned = turnedIndex(32).map((index) => perceptualHash(Uint8Array.from(index, (from) => density[from])));
  expect(turnedHashes(perceptualHash(density))).toEqual(turned);
  expect(new Set(turned.map(({ high, low }) => `${high} ${low}`)).size).toBe(8);
});

test("the turns are what they are called", () => {
  const seen = Object.fromEntries(turnedIndex(2).map((index, turn) => [turns[turn], index.join("")]));
  expect(seen).toEqual({
    "as it is": "0123",
    "mirrored left to right": "1032",
    "mirrored top to bottom": "2301",
    "turned by 180°": "3210",
    "mirrored along the diagonal": "0213",
    "turned by 90° clockwise": "2031",
    "turned by 90° anticlockwise": "1302",
    "mirrored along the other diagonal": "3120",
  });
});

test("distances count bits of both words", () => {
  expect(hammingDistance(0xffffffff, 0, 0, 0x80000001)).toBe(34);
  expect(hammingDistance(0xdeadbeef, 5, 0xdeadbeef, 5)).toBe(0);
});
