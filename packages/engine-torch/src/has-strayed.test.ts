import { loadTfjs, StrayedPassError } from "@eosin/engine-kit";
import { expect, it } from "vitest";
import { DisposedTensorError } from "./disposed-tensor-error.js";
import { hasStrayed } from "./has-strayed.js";

it("knows passes that took another course, by our errors and by tfjs's own", () => {
  const tf = loadTfjs();
  const tensor = tf.scalar(1);
  tensor.dispose();
  let disposed: unknown;
  try {
    tf.square(tensor);
  } catch (error) {
    disposed = error;
  }
  expect(disposed).toBeInstanceOf(Error);
  expect(
    [new StrayedPassError("Add", "Mul"), new StrayedPassError("Add", undefined), new DisposedTensorError("used")].every(
      hasStrayed,
    ),
  ).toBe(true);
  expect(hasStrayed(disposed)).toBe(true);
});

it("does not take a fault of the objective for one, whatever its words", () => {
  expect(hasStrayed(new Error("the tumour's margin was disposed of, by shapes alone"))).toBe(false);
  expect(hasStrayed("disposed")).toBe(false);
});
