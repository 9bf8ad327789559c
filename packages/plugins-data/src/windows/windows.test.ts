import { createRng } from "@eosin/plugin-api";
import type { Sample } from "@eosin/plugin-api/imaging";
import { reflectedPosition } from "@eosin/support/windows";
import { describe, expect, it } from "vitest";
import { SampleCropper } from "./crop-sample.js";
import { gridWindows, randomWindow } from "./place-window.js";

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Pixel values tell where they are. */
function sampleOf(width: number, height: number, stains = 2): Sample {
  const pixels = numbers(width * height);
  return {
    id: "a/0",
    domain: "a",
    image: { width, height, data: Uint8Array.from(pixels.flatMap((i) => [i % width, Math.floor(i / width), 9])) },
    mask: { width, height, data: Uint8Array.from(pixels, (i) => i % 2) },
    density: {
      width,
      height,
      stains,
      data: Float32Array.from(pixels.flatMap((i) => numbers(stains).map((s) => i + s / 4))),
    },
  };
}

describe("a crop", () => {
  it.each([
    ["inside", { x: 2, y: 1, width: 3, height: 2 }],
    ["past all borders", { x: -3, y: -2, width: 12, height: 9 }],
    ["past one border", { x: 4, y: 3, width: 4, height: 2 }],
  ])("moves picture, mask and densities together, %s", (_, window) => {
    const sample = sampleOf(6, 4);
    const { image, mask, density } = new SampleCropper().crop(sample, window);
    expect([image.width, image.height]).toEqual([window.width, window.height]);
    for (let y = 0; y < window.height; y++) {
      for (let x = 0; x < window.width; x++) {
        const [column, row] = [reflectedPosition(window.x + x, 6), reflectedPosition(window.y + y, 4)];
        const [at, from] = [y * window.width + x, row * 6 + column];
        expect([...image.data.subarray(3 * at, 3 * at + 3)]).toEqual([column, row, 9]);
        expect(mask!.data[at]).toBe(from % 2);
        expect([...density!.data.subarray(2 * at, 2 * at + 2)]).toEqual([from, from + 0.25]);
      }
    }
  });

  it("takes samples of other sizes, and without mask and densities, one after the other", () => {
    const cropper = new SampleCropper();
    const window = { x: 0, y: 0, width: 2, height: 2 };
    const { mask: _, density: __, ...plain } = sampleOf(5, 5);
    const first = cropper.crop(sampleOf(3, 3, 1), window);
    expect([...first.density!.data]).toEqual([0, 1, 3, 4]);
    const second = cropper.crop(plain, { ...window, x: 3 });
    expect(second).toMatchObject({ id: "a/0", mask: undefined, density: undefined });
    expect([...second.image.data]).toEqual([3, 0, 9, 4, 0, 9, 3, 1, 9, 4, 1, 9]);
  });
});

describe("a random window", () => {
  const size = { width: 4, height: 3 };
  const drawn = (sample: { width: number; height: number }, around?: Sample["mask"]) =>
    numbers(400).map((i) => randomWindow(sample, size, createRng(1, i), around));

  it("is anywhere in the sample, each place as likely", () => {
    const windows = drawn({ width: 6, height: 4 });
    const counts = new Map<string, number>();
    for (const { x, y } of windows) counts.set(`${x},${y}`, (counts.get(`${x},${y}`) ?? 0) + 1);
    expect([...counts.keys()].sort()).toEqual(["0,0", "0,1", "1,0", "1,1", "2,0", "2,1"]);
    for (const count of counts.values()) expect(count).toBeGreaterThan(400 / 6 - 40);
  });

  it("is in the middle of a smaller sample", () => {
    expect(new Set(drawn({ width: 2, height: 3 }).map(({ x, y }) => `${x},${y}`))).toEqual(new Set(["-1,0"]));
  });

  it("has a pixel of tumour in its middle, or as near as the borders allow, each pixel as likely", () => {
    const data = new Uint8Array(12 * 10);
    data[0] = 1;
    data[5 * 12 + 6] = 1;
    data[9 * 12 + 11] = 1;
    data[17] = 255;
    const windows = drawn({ width: 12, height: 10 }, { width: 12, height: 10, data });
    const places = windows.map(({ x, y }) => `${x},${y}`);
    for (const place of ["0,0", "4,4", "8,7"]) {
      expect(places.filter((each) => each === place).length).toBeGreaterThan(100);
    }
    expect(new Set(places).size).toBe(3);
  });

  it("is anywhere where there is no tumour", () => {
    const around = { width: 6, height: 4, data: new Uint8Array(24).fill(255) };
    expect(drawn({ width: 6, height: 4 }, around)).toEqual(drawn({ width: 6, height: 4 }));
  });
});

it("a grid covers a sample row by row", () => {
  const windows = gridWindows({ width: 20, height: 5 }, { width: 8, height: 8 });
  expect(windows.map(({ x, y }) => [x, y])).toEqual([0, 6, 12].map((x) => [x, -2]));
  expect(gridWindows({ width: 9, height: 16 }, { width: 9, height: 8 })).toEqual([
    { x: 0, y: 0, width: 9, height: 8 },
    { x: 0, y: 8, width: 9, height: 8 },
  ]);
});
