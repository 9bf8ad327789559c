import { createRng } from "@eosin/plugin-api";
import { describe, expect, it } from "vitest";
import { reserve } from "../kernels/augment-kernels.js";
import { movePixels } from "../move-pixels.js";
import { rotationMove } from "../rotate90/rotate90.js";
import { formulaSample, soil } from "../testing/drawn-samples.test-support.js";
import { distance, plainAffine } from "../testing/plain-warp.test-support.js";
import { cropSample } from "../warp/crop-sample.js";
import { warpSample } from "../warp/warp-sample.js";
import { createAffine } from "./affine.js";
import { affineWarp, sourceMap } from "./affine-warp.js";
import { type AffineChange, drawAffine } from "./draw-affine.js";
import { affineOptions } from "./options.js";

const still: AffineChange = { scaleX: 1, scaleY: 1, shearX: 0, shearY: 0, angle: 0, shiftX: 0, shiftY: 0 };
const whole = (width: number, height: number) => ({ x: 0, y: 0, width, height });
/** Half a level by rounding, and a little by weights of 14 bits. */
const LEVEL = 0.55;

describe("beside a plain float64 loop", () => {
  const rng = createRng("affine");
  const changes = Array.from({ length: 12 }, () => ({
    scaleX: rng.between(0.4, 2.5),
    scaleY: rng.between(0.4, 2.5),
    shearX: rng.between(-0.5, 0.5),
    shearY: rng.between(-0.5, 0.5),
    angle: rng.between(-4, 4),
    shiftX: rng.between(-0.7, 0.7),
    shiftY: rng.between(-0.7, 0.7),
  }));
  const sizes = [
    [1, 1],
    [1, 9],
    [23, 1],
    [2, 2],
    [37, 29],
    [64, 48],
  ] as const;

  it.each(sizes)("%i × %i", (width, height) => {
    for (const stains of [1, 2, 3, 5]) {
      const sample = formulaSample(width, height, stains);
      for (const change of changes) {
        soil(reserve({ all: 1 << 19 }).kernels.bytes);
        const made = warpSample(sample, affineWarp(change, whole(width, height)));
        const { colours, labels, densities } = distance(
          made,
          plainAffine(sample, width, height, sourceMap(change, whole(width, height))),
        );
        expect(colours).toBeLessThan(LEVEL);
        expect(labels).toBe(0);
        expect(densities).toBeLessThan(1e-3);
      }
    }
  });

  it.each([
    { x: 40, y: 20, width: 31, height: 25 },
    { x: 0, y: 0, width: 31, height: 25 },
    { x: 97, y: 70, width: 3, height: 10 },
    { x: 99, y: 79, width: 1, height: 1 },
  ])("a window at $x, $y of $width × $height: from the picture around it, reflected where that ends", (window) => {
    const sample = formulaSample(100, 80);
    for (const change of changes) {
      soil(reserve({ all: 1 << 18 }).kernels.bytes);
      const made = warpSample(sample, affineWarp(change, window));
      const plain = plainAffine(sample, window.width, window.height, sourceMap(change, window));
      const { colours, labels, densities } = distance(made, plain);
      expect([colours < LEVEL, labels, densities < 1e-3]).toEqual([true, 0, true]);
    }
  });
});

it("an angle of 90° is a quarter turn counter-clockwise, to the byte", () => {
  const sample = formulaSample(24, 24);
  const made = warpSample(sample, affineWarp({ ...still, angle: Math.PI / 2 }, whole(24, 24)));
  const turned = movePixels(sample, rotationMove(24, 24, 1));
  expect(made.image.data).toEqual(turned.image.data);
  expect(made.mask).toEqual(turned.mask);
  expect(made.density!.data.every((value, i) => Math.abs(value - turned.density!.data[i]) < 1e-3)).toBe(true);
});

it("a factor above 1 makes things larger, and a shift moves them right and down", () => {
  const [width, height] = [33, 33];
  const data = new Uint8Array(width * height);
  for (let y = 12; y <= 20; y++) data.fill(1, y * width + 12, y * width + 21);
  const sample = { ...formulaSample(width, height), mask: { width, height, data } };
  const count = (change: Partial<AffineChange>) => {
    const { mask } = warpSample(sample, affineWarp({ ...still, ...change }, whole(width, height)));
    const places = [...mask!.data.keys()].filter((i) => mask!.data[i] === 1);
    return { area: places.length, left: Math.min(...places.map((i) => i % width)), top: Math.floor(places[0] / width) };
  };
  expect(count({})).toEqual({ area: 81, left: 12, top: 12 });
  expect(count({ scaleX: 2, scaleY: 2 }).area).toBeGreaterThan(17 * 17 - 1);
  expect(count({ scaleX: 2 })).toMatchObject({ top: 12 });
  expect(count({ shiftX: 3 / 33, shiftY: -2 / 33 })).toEqual({ area: 81, left: 15, top: 10 });
});

it("a window that reaches past a small picture: cropped and warped, the reflection is the same", () => {
  const sample = formulaSample(9, 7);
  const window = { x: -12, y: -3, width: 31, height: 16 };
  const warped = warpSample(sample, affineWarp(still, window));
  const cropped = cropSample(sample, window);
  expect(warped.image.data).toEqual(cropped.image.data);
  expect(warped.mask).toEqual(cropped.mask);
  expect(warped.density).toEqual(cropped.density);
});

it("no change is the identity in every byte, and only 0, 1 and 255 are labels", () => {
  const sample = formulaSample(37, 29);
  const same = warpSample(sample, affineWarp(still, whole(37, 29)));
  expect(same.image.data).toEqual(sample.image.data);
  expect(same.mask).toEqual(sample.mask);
  expect(same.density).toEqual(sample.density);
  const { mask } = warpSample(sample, affineWarp({ ...still, angle: 0.3, scaleX: 0.4 }, whole(37, 29)));
  expect([...new Set(mask!.data)].sort()).toEqual([0, 1, 255]);
});

describe("the component", () => {
  const sample = formulaSample(40, 30);
  const all = { rotation: { p: 1 }, scale: { p: 1 }, shear: { p: 1 }, shift: { p: 1 } };

  it("hands the sample through where nothing applies, cropped where a window is asked for", () => {
    const never = createAffine(affineOptions.parse({ rotation: { p: 0 }, scale: { p: 0 } }));
    expect(never.apply(sample, createRng(1))).toBe(sample);
    const part = never.applyWithin!(sample, { x: 7, y: 3, width: 5, height: 4 }, createRng(1));
    expect([...part.image.data.subarray(0, 3)]).toEqual([...sample.image.data.subarray(3 * 127, 3 * 128)]);
    expect(part.mask!.data[5]).toBe(sample.mask!.data[4 * 40 + 7]);
    expect([...part.density!.data.subarray(10, 12)]).toEqual([...sample.density!.data.subarray(2 * 167, 2 * 168)]);
  });

  it("is the same within a window of all", () => {
    const affine = createAffine(affineOptions.parse(all));
    for (let key = 0; key < 8; key++) {
      const made = affine.apply(sample, createRng(key));
      expect(affine.applyWithin!(sample, whole(40, 30), createRng(key)).image.data).toEqual(made.image.data);
    }
  });

  it("brings what a window needs, not the picture: there is no intermediate of the picture's size", () => {
    const side = 3000;
    const image = { width: side, height: side, data: new Uint8Array(3 * side * side).fill(90) };
    const affine = createAffine(affineOptions.parse({ rotation: { p: 1 }, scale: { p: 1 } }));
    const window = { x: 1400, y: 1300, width: 64, height: 64 };
    reserve({ dropped: 65 * 2 ** 20 });
    const made = affine.applyWithin!({ id: "slide", domain: "a", image }, window, createRng(1));
    expect(made.image.data.every((value) => value === 90)).toBe(true);
    expect(reserve({ nothing: 1 }).kernels.bytes.length).toBeLessThan(2 ** 20);
  });

  it("draws each part with its own probability, and within its range", () => {
    const options = affineOptions.parse({ shear: { p: 0.1 }, shift: { p: 0.5, share: [0, 0.2] } });
    const draws = Array.from({ length: 4000 }, (_, key) => drawAffine(options, createRng(key)) ?? still);
    const share = (holds: (change: AffineChange) => boolean) => draws.filter(holds).length / draws.length;
    expect(share(({ angle }) => angle !== 0)).toBeCloseTo(0.2, 1);
    expect(share(({ scaleX }) => scaleX !== 1)).toBeCloseTo(0.2, 1);
    expect(share(({ shearX }) => shearX !== 0)).toBeCloseTo(0.1, 1);
    expect(share(({ shiftX }) => shiftX !== 0)).toBeCloseTo(0.5, 1);
    expect(draws.every(({ scaleX, scaleY }) => scaleX === scaleY && scaleX >= 0.7 && scaleX <= 1.4)).toBe(true);
    expect(draws.every(({ shiftX, shiftY }) => Math.min(shiftX, shiftY) >= 0 && Math.max(shiftX, shiftY) < 0.2)).toBe(
      true,
    );
    expect(Math.max(...draws.map(({ angle }) => Math.abs(angle)))).toBeGreaterThan(3);
  });

  it("another probability of one part leaves the others' draws", () => {
    const [with_, without] = [1, 0].map((p) =>
      drawAffine(affineOptions.parse({ ...all, rotation: { p }, scale: { p: 1, axes: "apart" } }), createRng(5)),
    );
    expect(with_!.angle).not.toBe(0);
    expect(without).toEqual({ ...with_, angle: 0 });
    expect(without!.scaleX).not.toBe(without!.scaleY);
  });

  it("refuses a range the wrong way round", () => {
    expect(affineOptions.safeParse({ scale: { factor: [1.4, 0.7] } }).success).toBe(false);
  });
});
