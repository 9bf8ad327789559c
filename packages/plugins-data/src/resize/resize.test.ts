import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { resizeArea8 } from "./resize-area.js";
import { resizeBilinear8, resizeBilinearFloat } from "./resize-bilinear.js";
import { resizeNearest } from "./resize-nearest.js";
import { resizeSample } from "./resize-sample.js";

interface ResizeCase {
  width: number;
  height: number;
  toWidth: number;
  toHeight: number;
  bilinear: string;
  nearest: string;
  floatSum: number;
  floatAt: number[];
}

const { cases } = JSON.parse(readFileSync(new URL("./fixtures/opencv-resize.json", import.meta.url), "utf8")) as {
  cases: ResizeCase[];
};

function input(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (31 * i * i + 97 * i + 53 * (i >> 3)) & 255);
}

describe.each(cases)("$width×$height to $toWidth×$toHeight, against OpenCV", (c) => {
  const size = [c.width, c.height] as const;
  const to = [c.toWidth, c.toHeight] as const;

  it("gives the bytes of INTER_LINEAR", () => {
    const out = resizeBilinear8(input(c.width * c.height * 3), ...size, 3, ...to);
    expect(Buffer.from(out).toString("base64")).toBe(c.bilinear);
  });

  it("gives the bytes of INTER_NEAREST", () => {
    const mask = input(c.width * c.height).map((each) => each & 1);
    expect(Buffer.from(resizeNearest(mask, ...size, 1, ...to)).toString("base64")).toBe(c.nearest);
  });

  it("gives the floats of INTER_LINEAR", () => {
    const data = Float32Array.from(input(c.width * c.height * 3), (each) => each / 255);
    const out = resizeBilinearFloat(data, ...size, 3, ...to);
    const step = Math.max(1, Math.floor(out.length / 7));
    c.floatAt.forEach((expected, i) => {
      expect(out[i * step]).toBeCloseTo(expected, 5);
    });
    expect(out.reduce((sum, each) => sum + each, 0)).toBeCloseTo(c.floatSum, 2);
  });
});

describe("area", () => {
  it("takes the mean of whole blocks", () => {
    const data = Uint8Array.from([0, 10, 20, 30, 40, 50, 60, 70]);
    expect([...resizeArea8(data, 4, 2, 1, 2, 1)]).toEqual([25, 45]);
  });

  it("weighs partly covered pixels by their share", () => {
    // Three pixels into two: each output covers one and a half.
    expect([...resizeArea8(Uint8Array.from([0, 90, 180]), 3, 1, 1, 2, 1)]).toEqual([30, 150]);
  });

  it("keeps a constant image", () => {
    const out = resizeArea8(new Uint8Array(37 * 23 * 3).fill(201), 37, 23, 3, 11, 7);
    expect(new Set(out)).toEqual(new Set([201]));
  });
});

describe("samples", () => {
  const sample = {
    id: "a/1",
    domain: "a",
    image: { width: 6, height: 4, data: input(72) },
    mask: { width: 6, height: 4, data: input(24).map((each) => each & 1) },
    density: { width: 6, height: 4, stains: 2, data: Float32Array.from(input(48)) },
  };

  it.each(["bilinear", "nearest", "area", "lanczos3"] as const)("bring everything to the size, %s", async (how) => {
    const out = await resizeSample(sample, { width: 3, height: 2 }, how);
    expect(out.image.data).toHaveLength(18);
    expect([...out.mask!.data].every((each) => each <= 1)).toBe(true);
    expect(out.mask!.data).toHaveLength(6);
    expect(out.density!.data).toHaveLength(12);
  });

  it.each(["bilinear", "nearest", "area", "lanczos3"] as const)("keep ignored pixels as they are, %s", async (how) => {
    const data = Uint8Array.from({ length: 24 }, (_, i) => (i % 6 < 2 ? 255 : i % 6 < 4 ? 1 : 0));
    const ignoring = { ...sample, mask: { width: 6, height: 4, data } };
    const out = await resizeSample(ignoring, { width: 3, height: 2 }, how);
    expect([...out.mask!.data]).toEqual([255, 1, 0, 255, 1, 0]);
    const larger = await resizeSample(ignoring, { width: 12, height: 8 }, how);
    expect(new Set(larger.mask!.data)).toEqual(new Set([255, 1, 0]));
  });

  it("that have the size already are not copied", async () => {
    const out = await resizeSample(sample, { width: 6, height: 4 }, "bilinear");
    expect(out.image).toBe(sample.image);
    expect(out.density).toBe(sample.density);
  });
});
