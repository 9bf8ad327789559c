import { expect, test } from "vitest";
import { toFileName } from "./file-name.js";

test.each([
  ["train[fold-0]", "train[fold-0]"],
  ["report[uses=model/unet,x=a:b]", "report[uses=model-unet,x=a-b]"],
  ["a\u0000b\nc", "a-b-c"],
])("%s", (id, name) => {
  expect(toFileName(id)).toBe(name);
});

test("long ids stay apart, and fit into every file system", () => {
  const ids = ["a", "b"].map((end) => `train[${"\u6771".repeat(200)}${end}]`);
  const names = ids.map(toFileName);
  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(120);
  expect(names[0]).not.toContain("\ufffd");
});
