import { expect, it } from "vitest";
import { alignColumns } from "./align-columns.js";

it("lines columns up and leaves no space at the end", () => {
  expect(
    alignColumns([
      ["a", "bb", ""],
      ["ccc", "d", "e"],
    ]),
  ).toEqual(["a    bb", "ccc  d   e"]);
});
