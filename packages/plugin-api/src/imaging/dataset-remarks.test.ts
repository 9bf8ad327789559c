import { expect, it } from "vitest";
import { datasetRemarks } from "./dataset-remarks.js";

const passed = (count: number) => ({ reason: "no mask", folder: `A${count}`, count, examples: ["a.png", "b.png"] });

it("says what a dataset remarks and what it passed over, the rest in one line", () => {
  expect(datasetRemarks({})).toEqual([]);
  expect(datasetRemarks({ remarks: ["Names differ"], passedOver: [{ ...passed(1), examples: ["a.png"] }] })).toEqual([
    "Names differ",
    "1 file passed over in A1: no mask (a.png)",
  ]);
  const many = datasetRemarks({ passedOver: [2, 3, 4, 5, 6, 7, 8].map(passed) });
  expect(many).toHaveLength(6);
  expect(many[1]).toBe("3 files passed over in A3: no mask (a.png, b.png, …)");
  expect(many[5]).toBe("and 15 files more");
});
