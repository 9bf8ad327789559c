import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { identityMap } from "../colour-spaces/byte-map.js";
import { brightnessMap, mapBytes } from "./brightness.js";
import { darkTissue, isTissue, stainedTissue, tissueShare } from "./tissue.js";
import { tissueMask } from "./tissue.test-support.js";

const rng = createRng("tissue");
const rgb = Uint8Array.from({ length: 3 * 40_003 }, () => 140 + rng.integer(116));

test.each([0.5, 0.8, 0.95, 1])("darker than %d of white: the rule is L of LAB", (share) => {
  const rule = darkTissue(identityMap, share);
  const mask = tissueMask(rgb, share);
  mask.forEach((tissue, i) => {
    expect(isTissue(rule, rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2])).toBe(tissue === 1);
  });
  expect(tissueShare(rgb, rule)).toBe(mask.reduce((sum, tissue) => sum + tissue, 0) / mask.length);
});

test("a map applies before", () => {
  const map = brightnessMap(200);
  const mapped = new Uint8Array(rgb.length);
  mapBytes(rgb, map, mapped);
  expect(tissueShare(rgb, darkTissue(map))).toBe(tissueShare(mapped, darkTissue(identityMap)));
});

test("dense in all channels", () => {
  const density = Float64Array.from({ length: 256 }, (_, v) => 1 - v / 255);
  const rule = stainedTissue(density, 0.2);
  expect(isTissue(rule, 100, 100, 100)).toBe(true);
  expect(isTissue(rule, 100, 250, 100)).toBe(false);
  expect(tissueShare(Uint8Array.of(1, 2, 3, 255, 0, 0, 9, 9, 9, 7, 7, 240), rule)).toBe(0.5);
});
