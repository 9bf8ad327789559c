import { expect, test } from "vitest";
import { createBreather } from "./breather.js";

test("what waits for the event loop is heard during long work in short steps", async () => {
  const breathe = createBreather();
  let heard = false;
  setImmediate(() => {
    heard = true;
  });
  const end = performance.now() + 2_000;
  while (!heard && performance.now() < end) await breathe();
  expect(heard).toBe(true);
});
