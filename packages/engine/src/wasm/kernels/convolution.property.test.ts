import fc from "fast-check";
import { expect, it } from "vitest";
import {
  attributes,
  type ConvolutionCase,
  convolutionReference,
  outputSize,
} from "./convolution-reference.test-support.js";
import { relativeError, runKernel, uniform, type Values, wasmTfjs } from "./kernel-fixture.test-support.js";

const tf = await wasmTfjs();
const small = (max: number, min = 1) => fc.integer({ min, max });

const convolutions: fc.Arbitrary<ConvolutionCase> = fc
  .record({
    batch: small(3),
    height: small(12),
    width: small(12),
    inChannels: small(37),
    outChannels: small(19),
    filter: fc.tuple(small(5), small(5)),
    stride: fc.tuple(small(3), small(3)),
    padding: fc.tuple(small(4, 0), small(4, 0), small(4, 0), small(4, 0)),
  })
  .filter((c) => outputSize(c).every((size) => size > 0));

it.each([false, true])("convolutions of any size and their gradients are right, depthwise: %s", (depthwise) => {
  const [forward, backwardInput, backwardFilter] = depthwise
    ? ["DepthwiseConv2dNative", "DepthwiseConv2dNativeBackpropInput", "DepthwiseConv2dNativeBackpropFilter"]
    : ["Conv2D", "Conv2DBackpropInput", "Conv2DBackpropFilter"];
  const property = fc.property(convolutions, (c) => {
    const reference = convolutionReference(c, depthwise);
    const { inputShape, filterShape } = reference;
    const [x, w, dy] = [uniform(inputShape, 1), uniform(filterShape, 2), uniform(reference.outputShape, 3)];
    const attrs = attributes(c);
    const check = (kernel: string, inputs: { [name: string]: Values }, extra: object, expected: Values) => {
      const [actual] = runKernel(tf, kernel, inputs, { ...attrs, ...extra });
      expect(relativeError(actual!, expected)).toBeLessThan(3e-6);
    };
    check(forward!, { x, filter: w }, {}, reference.forward(x, w));
    check(backwardInput!, { dy, filter: w }, { inputShape }, reference.inputGradient(dy, w));
    check(backwardFilter!, { x, dy }, { filterShape }, reference.filterGradient(x, dy));
  });
  fc.assert(property, { numRuns: 100, seed: 42 });
});
