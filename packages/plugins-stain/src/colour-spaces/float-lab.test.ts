import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { difference } from "../testing/golden.test-support.js";
import { flat } from "../testing/patches.test-support.js";
import { measureFloatLab, moveFloatLab } from "./float-lab.js";
import { scalarMovedLab, scalarRgbToLab } from "./float-lab.test-support.js";

const row = (data: Uint8Array) => ({ width: data.length / 3, height: 1, data });
const rng = createRng("float lab");
const draw = (pixels: number, range = 256) => Uint8Array.from({ length: 3 * pixels }, () => rng.integer(range));

test("the kernels equal CIE's formulas in doubles, whatever the size, down to black", () => {
  for (const pixels of [1, 2, 3, 5, 257, 32_769, 70_003]) {
    const rgb = draw(pixels, pixels === 257 ? 16 : 256);
    const lab = scalarRgbToLab(rgb);
    const { mean, std } = measureFloatLab(rgb);
    for (let c = 0; c < 3; c++) {
      const channel = lab.filter((_, i) => i % 3 === c);
      const middle = channel.reduce((sum, v) => sum + v, 0) / pixels;
      const spread = Math.sqrt(channel.reduce((sum, v) => sum + (v - middle) ** 2, 0) / pixels);
      expect(Math.abs(mean[c] - middle)).toBeLessThan(2e-4);
      expect(Math.abs(std[c] - spread)).toBeLessThan(2e-4);
    }
    for (const transfer of [
      { scale: [1.137, 0.83, 1.21], offset: [-7.3, 4.1, -2.7] },
      { scale: [0.61, 2.3, 1.9], offset: [12.7, -31, 22] },
    ] as const) {
      const how = { scale: [...transfer.scale], offset: [...transfer.offset] } as Parameters<typeof moveFloatLab>[1];
      const moved = difference(moveFloatLab(row(rgb), how).data, scalarMovedLab(lab, how).map(Math.trunc));
      expect(moved.largest).toBeLessThanOrEqual(1);
      expect(moved.over[0] * rgb.length).toBeLessThanOrEqual(Math.max(1, rgb.length / 2000));
    }
  }
});

test("a transfer that changes nothing returns the picture, cut to bytes", () => {
  const rgb = draw(5000);
  const same = moveFloatLab(row(rgb), { scale: [1, 1, 1], offset: [0, 0, 0] });
  expect(difference(same.data, rgb).largest).toBeLessThanOrEqual(1);
});

test("the strongest light stays white, and none stays black", () => {
  const how = { scale: [1, 1, 1], offset: [20, 0, 0] } as Parameters<typeof moveFloatLab>[1];
  expect([...moveFloatLab(flat(255, 255, 255, 5, 1), how).data]).toEqual(new Array(15).fill(255));
  const darker = { ...how, offset: [-20, 0, 0] } as typeof how;
  expect([...moveFloatLab(flat(0, 0, 0, 5, 1), darker).data]).toEqual(new Array(15).fill(0));
});

test("one colour has no deviation", () => {
  for (const colour of [flat(150, 80, 160, 300, 250), flat(255, 255, 255), flat(3, 2, 1, 1, 1)]) {
    expect(Math.max(...measureFloatLab(colour.data).std)).toBeLessThan(1e-4);
  }
});

test("the moved picture has the wanted statistics", () => {
  const grey = Uint8Array.from({ length: 3000 }, (_, i) => 100 + (Math.trunc(i / 3) % 40));
  const { mean, std } = measureFloatLab(grey);
  const moved = measureFloatLab(
    moveFloatLab(row(grey), { scale: [1.2, 1, 1], offset: [5 - 0.2 * mean[0], 0, 0] }).data,
  );
  expect(moved.mean[0]).toBeCloseTo(mean[0] + 5, 0);
  expect(moved.std[0]).toBeCloseTo(1.2 * std[0], 1);
});
