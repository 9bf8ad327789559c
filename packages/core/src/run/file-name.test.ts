import { expect, test } from "vitest";
import { instanceFileNames, toFileName } from "./file-name.js";

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
  for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
  expect(names[0]).not.toContain("\ufffd");
});

test("files of instances are called by their ids, with what no file name may hold replaced", () => {
  const ids = ["data", "train[fold-0]", "train[loss=model/mcc,fold=fold-0]", "train[東京]"];
  expect([...instanceFileNames(ids).values()]).toEqual([
    "data",
    "train[fold-0]",
    "train[loss=model-mcc,fold=fold-0]",
    "train[東京]",
  ]);
});

test("no two instances share a file, on file systems that fold upper and lower case either", () => {
  const ids = ["x[a/b]", "x[a:b]", "y[A]", "y[a]", `z[${"京".repeat(120)}]`, `z[${"京".repeat(121)}]`];
  const names = [...instanceFileNames(ids).values()];
  expect(new Set(names.map((each) => each.toLowerCase())).size).toBe(ids.length);
  for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
  expect(names[0]).toMatch(/^x\[a-b\]-[0-9a-f]{8}$/);
});
