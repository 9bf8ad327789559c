import { loadTfjs, StrayedPassError } from "@eosin/engine-kit";
import { expect, it } from "vitest";
import { DisposedTensorError } from "./disposed-tensor-error.js";
import { hasStrayed } from "./has-strayed.js";
import type { Libtorch } from "./libtorch.js";
import { openTestTorch, torchInstallation } from "./torch.test-support.js";

function errorOf(fail: () => unknown): unknown {
  try {
    fail();
  } catch (error) {
    return error;
  }
  throw new Error("nothing failed");
}

it("knows passes that took another course, by our errors and by tfjs's own", () => {
  const tensor = loadTfjs().scalar(1);
  tensor.dispose();
  const errors = [
    new StrayedPassError("Add", "Mul"),
    new StrayedPassError("Add", undefined),
    new DisposedTensorError("used"),
    errorOf(() => tensor.clone()),
  ];
  expect(errors.map(hasStrayed)).toEqual([true, true, true, true]);
});

it.skipIf(!torchInstallation)("and by the addon's", async () => {
  const { tf } = await openTestTorch();
  const { torch } = tf.backend() as unknown as { readonly torch: Libtorch };
  const handle = torch.scalar(1, "float32");
  torch.addon.dispose(handle);
  expect(hasStrayed(errorOf(() => torch.call("neg", handle)))).toBe(true);
  expect(hasStrayed(errorOf(() => torch.call("no_such_operator")))).toBe(false);
});

it("does not take a fault of the objective for one, whatever its words", () => {
  expect(hasStrayed(new Error("the tumour's margin was disposed of, by shapes alone"))).toBe(false);
  expect(hasStrayed("disposed")).toBe(false);
});
