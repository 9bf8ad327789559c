import { describe, expect, it } from "vitest";
import { attributes, convolutionCases, convolutionReference } from "./convolution-reference.test-support.js";
import { relativeError, runKernel, uniform, wasmTfjs } from "./kernel-fixture.test-support.js";

const tf = await wasmTfjs();
const channelCounts = [1, 6, 16, 35];

describe.each(convolutionCases)("depthwise convolution: $name", (sizes) => {
  it.each(channelCounts)("agrees with the sum over taps, %i channels", (inChannels) => {
    const c = { ...sizes, inChannels };
    const reference = convolutionReference(c, true);
    const x = uniform(reference.inputShape, 1);
    const w = uniform(reference.filterShape, 2);
    const dy = uniform(reference.outputShape, 3);
    const attrs = attributes(c);
    const { inputShape, filterShape } = reference;
    const [y] = runKernel(tf, "DepthwiseConv2dNative", { x, filter: w }, attrs);
    const [dx] = runKernel(tf, "DepthwiseConv2dNativeBackpropInput", { dy, filter: w }, { ...attrs, inputShape });
    const [dw] = runKernel(tf, "DepthwiseConv2dNativeBackpropFilter", { x, dy }, { ...attrs, filterShape });
    expect(relativeError(y!, reference.forward(x, w))).toBeLessThan(1e-6);
    expect(relativeError(dx!, reference.inputGradient(dy, w))).toBeLessThan(1e-6);
    expect(relativeError(dw!, reference.filterGradient(x, dy))).toBeLessThan(2e-6);
  });
});
