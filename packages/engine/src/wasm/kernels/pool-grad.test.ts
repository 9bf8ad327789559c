import { describe, expect, it } from "vitest";
import { relativeError, runKernel, uniform, type Values, wasmTfjs, zeros } from "./kernel-fixture.test-support.js";

const tf = await wasmTfjs();

const cases = [
  { filterSize: [2, 2], strides: [2, 2], pad: "same", shape: [2, 7, 5, 6] },
  { filterSize: [2, 2], strides: [2, 2], pad: "valid", shape: [1, 8, 8, 16] },
  { filterSize: [3, 3], strides: [2, 2], pad: "same", shape: [2, 9, 6, 5] },
  { filterSize: [3, 3], strides: [1, 1], pad: "valid", shape: [1, 5, 5, 1] },
  { filterSize: [3, 2], strides: [2, 1], pad: "same", shape: [2, 6, 1, 3] },
] as const;

describe.each(cases)("max pooling $filterSize by $strides, $pad, of $shape", ({ shape, ...attrs }) => {
  it.each(["different values", "ties"])("gives each gradient to the first maximum of its window: %s", (kind) => {
    const [batch, height, width, channels] = shape;
    const x = uniform(shape, 1);
    if (kind === "ties") x.data.set(x.data.map(Math.round));
    const info = tf.backend_util.computePool2DInfo([...shape], [...attrs.filterSize], [...attrs.strides], 1, attrs.pad);
    const [y] = runKernel(tf, "MaxPool", { x }, attrs);
    const dy = uniform(info.outShape, 2);
    const dx = zeros(shape);
    dy.data.forEach((gradient, i) => {
      const c = i % channels;
      const pixel = Math.floor(i / channels);
      const ox = pixel % info.outWidth;
      const oy = Math.floor(pixel / info.outWidth) % info.outHeight;
      const n = Math.floor(pixel / (info.outWidth * info.outHeight));
      let best = -1;
      for (let ky = 0; ky < info.filterHeight; ky++)
        for (let kx = 0; kx < info.filterWidth; kx++) {
          const iy = oy * info.strideHeight - info.padInfo.top + ky;
          const ix = ox * info.strideWidth - info.padInfo.left + kx;
          if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
          const at = ((n * height + iy) * width + ix) * channels + c;
          if (best < 0 || x.data[at]! > x.data[best]!) best = at;
        }
      dx.data[best]! += gradient;
    });
    expect(batch).toBe(y!.shape[0]);
    const [actual] = runKernel(tf, "MaxPoolGrad", { dy, input: x, output: y! }, attrs);
    expect(relativeError(actual!, dx)).toBeLessThan(1e-6);
  });

  it("spreads each gradient over its window: the transpose of average pooling", () => {
    const x = uniform(shape, 3);
    const [y] = runKernel(tf, "AvgPool", { x }, attrs);
    const dy = uniform(y!.shape, 4);
    const [dx] = runKernel(tf, "AvgPoolGrad", { dy, input: x }, attrs);
    const product = (a: Values, b: Values) => a.data.reduce((sum, value, i) => sum + value * b.data[i]!, 0);
    expect(product(dx!, x)).toBeCloseTo(product(dy, y!), 4);
    const ones = { shape: dy.shape, data: new Float64Array(dy.data.length).fill(1) };
    const [shares] = runKernel(tf, "AvgPoolGrad", { dy: ones, input: x }, attrs);
    expect(shares!.data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(dy.data.length, 3);
  });
});
