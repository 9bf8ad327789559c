import { expect, test } from "vitest";
import { mirrorInto, rotatedStack, rotateInto, viewsOf } from "./rotate.js";
import { ViewMean } from "./view-mean.js";

test("maps of all views of an image come back to where they were", () => {
  const stack = { count: 2, height: 3, width: 4, channels: 2 };
  const map = Float32Array.from({ length: 48 }, (_, i) => i);
  const views = viewsOf([0, 90, 180, 270], true);
  const mean = new ViewMean(stack, views.length);
  for (const view of views) {
    const seen = view.mirrored ? mirrorInto(map, new Float32Array(48), stack) : map;
    mean.add(rotateInto(seen, new Float32Array(48), stack, view.turns), view);
    expect(rotatedStack(stack, view.turns).width).toBe(view.turns % 2 === 0 ? 4 : 3);
  }
  expect(mean.mean).toEqual(map);
});
