import { describe, expect, it } from "vitest";
import { activated, slope, wide } from "./activation-reference.test-support.js";
import { relativeError, runKernel, uniform, type Values, wasmTfjs, zeros } from "./kernel-fixture.test-support.js";

const tf = await wasmTfjs();

describe.each([3, 8, 21])("affine activation of %i channels", (channels) => {
  it.each(["none", "relu", "relu6", "silu"] as const)("and its gradient, activation %s", (activation) => {
    const shape = [2, 13, 7, channels];
    const [x, dy] = [uniform(shape, 1), uniform(shape, 2)];
    const [scale, shift] = [uniform([channels], 3), uniform([channels], 4)].map(wide(activation)) as [Values, Values];
    const [y, dx, dscale, dshift] = [zeros(shape), zeros(shape), zeros([channels]), zeros([channels])];
    x.data.forEach((value, i) => {
      const c = i % channels;
      const z = value * scale.data[c]! + shift.data[c]!;
      const g = dy.data[i]! * slope(z, activation);
      y.data[i] = activated(z, activation);
      dx.data[i] = g * scale.data[c]!;
      dscale.data[c]! += g * value;
      dshift.data[c]! += g;
    });
    const [actual] = runKernel(tf, "EosinAffineActivation", { x, scale, shift }, { activation });
    expect(relativeError(actual!, y)).toBeLessThan(1e-6);
    const gradients = runKernel(tf, "EosinAffineActivationGrad", { dy, x, scale, shift }, { activation });
    [dx, dscale, dshift].forEach((expected, index) => {
      expect(relativeError(gradients[index]!, expected)).toBeLessThan(2e-6);
    });
  });
});
