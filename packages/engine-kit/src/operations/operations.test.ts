import { expect, it } from "vitest";
import { operations } from "./index.js";

const kernels = operations.flatMap((operation) => operation.kernels);

it("no two operations, and no two kernels, have one name", () => {
  for (const names of [operations.map(({ name }) => name), kernels.map(({ name }) => name)]) {
    expect(new Set(names).size).toBe(names.length);
  }
});

it.each(operations)("$name says what every engine is held to", ({ cases }) => {
  expect(cases.length).toBeGreaterThan(0);
});

it("a kernel that keeps tensors for its gradient names them in the order in which tfjs hands them back", () => {
  const training = kernels.find(({ name }) => name === "EosinBatchNormTraining");
  const tf = { engine: () => ({ runKernel: (_: string, inputs: object) => Object.values(inputs) }) };
  const { inputsToSave, outputsToSave, gradFunc } = training!.gradient!(tf as never);
  expect({ inputsToSave, outputsToSave }).toEqual({
    inputsToSave: ["x", "gamma", "beta"],
    outputsToSave: [false, true, true],
  });
  const [dy, ...saved] = ["dy", "x", "gamma", "beta", "mean", "variance"] as never[];
  // The stand-in gives a gradient kernel's inputs back, in the order of their names in the signature.
  const gradients = gradFunc([dy, dy, dy] as never, saved, {});
  expect(Object.keys(gradients)).toEqual(["x", "gamma", "beta"]);
  expect([gradients.x(), gradients.gamma(), gradients.beta()]).toEqual(["dy", "x", "gamma"]);
});
