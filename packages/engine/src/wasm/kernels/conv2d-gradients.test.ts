import { describe, expect, it } from "vitest";
import { attributes, convolutionCases, convolutionReference } from "./convolution-reference.test-support.js";
import { relativeError, runKernel, uniform, wasmTfjs } from "./kernel-fixture.test-support.js";

const tf = await wasmTfjs();

describe.each(convolutionCases)("convolution: $name", (c) => {
  const reference = convolutionReference(c);
  const x = uniform(reference.inputShape, 1);
  const w = uniform(reference.filterShape, 2);
  const dy = uniform(reference.outputShape, 3);
  const attrs = attributes(c);

  it("agrees with the sum over taps", () => {
    const [y] = runKernel(tf, "Conv2D", { x, filter: w }, attrs);
    expect(relativeError(y!, reference.forward(x, w))).toBeLessThan(1e-6);
  });

  it("has the right gradient by the input", () => {
    const [dx] = runKernel(
      tf,
      "Conv2DBackpropInput",
      { dy, filter: w },
      { ...attrs, inputShape: reference.inputShape },
    );
    expect(relativeError(dx!, reference.inputGradient(dy, w))).toBeLessThan(1e-6);
  });

  it("has the right gradient by the filter", () => {
    const [dw] = runKernel(tf, "Conv2DBackpropFilter", { x, dy }, { ...attrs, filterShape: reference.filterShape });
    expect(relativeError(dw!, reference.filterGradient(x, dy))).toBeLessThan(1e-6);
  });
});

it("sums a filter gradient over 65,536 pixels to single precision", () => {
  const c = { batch: 4, height: 128, width: 128, inChannels: 3, outChannels: 5 } as const;
  const wide = { ...c, filter: [1, 1], stride: [1, 1], padding: [0, 0, 0, 0] } as const;
  const reference = convolutionReference(wide);
  // Values of one sign, so that rounding errors have no small result to hide behind and no cancellation to help them.
  const x = positive(uniform(reference.inputShape, 4));
  const dy = positive(uniform(reference.outputShape, 5));
  const [dw] = runKernel(
    tf,
    "Conv2DBackpropFilter",
    { x, dy },
    { ...attributes(wide), filterShape: reference.filterShape },
  );
  expect(relativeError(dw!, reference.filterGradient(x, dy))).toBeLessThan(2e-6);
});

it("repeats to the bit", () => {
  const c = convolutionCases[0]!;
  const reference = convolutionReference(c);
  const inputs = { x: uniform(reference.inputShape, 6), dy: uniform(reference.outputShape, 7) };
  const attrs = { ...attributes(c), filterShape: reference.filterShape };
  const [first] = runKernel(tf, "Conv2DBackpropFilter", inputs, attrs);
  const [second] = runKernel(tf, "Conv2DBackpropFilter", inputs, attrs);
  expect(second!.data).toEqual(first!.data);
});

it("refuses a dilated convolution by name", () => {
  const c = convolutionCases[0]!;
  const reference = convolutionReference(c);
  const inputs = { x: uniform(reference.inputShape, 6), dy: uniform(reference.outputShape, 7) };
  const attrs = { ...attributes(c), dataFormat: "NCHW", filterShape: reference.filterShape };
  expect(() => runKernel(tf, "Conv2DBackpropFilter", inputs, attrs)).toThrow(
    expect.objectContaining({ code: "ENGINE_UNSUPPORTED_CONVOLUTION" }),
  );
});

function positive(values: ReturnType<typeof uniform>) {
  return { shape: values.shape, data: values.data.map((value) => (value + 1) / 2) };
}
