import { describe, expect, it } from "vitest";
import { relativeError, runKernel, uniform, wasmTfjs, zeros } from "./kernel-fixture.test-support.js";

const tf = await wasmTfjs();

describe.each([
  [1, 1, 1, 1, 1],
  [2, 3, 5, 6, 3],
  [1, 4, 3, 16, 8],
])("×2 of (%i, %i, %i, %i) with %i more channels", (batch, height, width, channels, skipChannels) => {
  const shape = [batch, height, width, channels];
  const wide = [batch, 2 * height, 2 * width];
  const all = channels + skipChannels;
  const x = uniform(shape, 1);
  const skip = uniform([...wide, skipChannels], 2);
  const dy = uniform([...wide, all], 3);

  it("repeats pixels and appends the skip connection; its gradient is the transpose", () => {
    const [y, dx, dskip] = [zeros(dy.shape), zeros(shape), zeros(skip.shape)];
    y.data.forEach((_, i) => {
      const c = i % all;
      const pixel = Math.floor(i / all);
      const [row, column] = [Math.floor(pixel / (2 * width)), pixel % (2 * width)];
      if (c < channels) {
        const from = ((row >> 1) * width + (column >> 1)) * channels + c;
        y.data[i] = x.data[from]!;
        dx.data[from]! += dy.data[i]!;
      } else {
        const from = pixel * skipChannels + c - channels;
        y.data[i] = skip.data[from]!;
        dskip.data[from] = dy.data[i]!;
      }
    });
    const [actual] = runKernel(tf, "EosinUpsample2Concat", { x, skip });
    expect(actual).toEqual(y);
    const gradients = runKernel(tf, "EosinUpsample2ConcatGrad", { dy }, { channels });
    expect(relativeError(gradients[0]!, dx)).toBeLessThan(1e-6);
    expect(gradients[1]).toEqual(dskip);
  });

  it("works without a skip connection", () => {
    const [y] = runKernel(tf, "EosinUpsample2Concat", { x });
    expect(y!.shape).toEqual([...wide, channels]);
    const gradients = runKernel(tf, "EosinUpsample2ConcatGrad", { dy: y! }, { channels });
    expect(gradients).toHaveLength(1);
    expect(gradients[0]).toEqual({ shape, data: x.data.map((value) => 4 * value) });
  });
});
