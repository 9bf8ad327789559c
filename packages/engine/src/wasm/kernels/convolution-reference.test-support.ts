import { type Values, zeros } from "./kernel-fixture.test-support.js";

/** A convolution by its sizes; output sizes follow. */
export interface ConvolutionCase {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly filter: readonly [height: number, width: number];
  readonly stride: readonly [height: number, width: number];
  /** top, bottom, left, right */
  readonly padding: readonly [number, number, number, number];
}

export function outputSize(c: ConvolutionCase): [height: number, width: number] {
  const [top, bottom, left, right] = c.padding;
  return [
    Math.floor((c.height + top + bottom - c.filter[0]) / c.stride[0]) + 1,
    Math.floor((c.width + left + right - c.filter[1]) / c.stride[1]) + 1,
  ];
}

export function attributes(c: ConvolutionCase): object {
  const [top, bottom, left, right] = c.padding;
  return {
    strides: [...c.stride],
    pad: [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
    dilations: [1, 1],
    dataFormat: "NHWC",
    dimRoundingMode: undefined,
  };
}

/** Calls back for every product of the convolution, with flat indexes of its operands. Depthwise: outChannels = 1 (multiplier). */
function forEachProduct(
  c: ConvolutionCase,
  depthwise: boolean,
  visit: (x: number, filter: number, y: number) => void,
): void {
  const [outHeight, outWidth] = outputSize(c);
  const [filterHeight, filterWidth] = c.filter;
  for (let n = 0; n < c.batch; n++)
    for (let oy = 0; oy < outHeight; oy++)
      for (let ox = 0; ox < outWidth; ox++)
        for (let ky = 0; ky < filterHeight; ky++)
          for (let kx = 0; kx < filterWidth; kx++) {
            const iy = oy * c.stride[0] - c.padding[0] + ky;
            const ix = ox * c.stride[1] - c.padding[2] + kx;
            if (iy < 0 || iy >= c.height || ix < 0 || ix >= c.width) continue;
            const pixel = (n * outHeight + oy) * outWidth + ox;
            for (let i = 0; i < c.inChannels; i++) {
              const x = ((n * c.height + iy) * c.width + ix) * c.inChannels + i;
              const tap = (ky * filterWidth + kx) * c.inChannels + i;
              if (depthwise) visit(x, tap, pixel * c.inChannels + i);
              else for (let o = 0; o < c.outChannels; o++) visit(x, tap * c.outChannels + o, pixel * c.outChannels + o);
            }
          }
}

/** The three products of a convolution and its gradients, in float64. */
export function convolutionReference(c: ConvolutionCase, depthwise = false) {
  const [outHeight, outWidth] = outputSize(c);
  const inputShape = [c.batch, c.height, c.width, c.inChannels];
  const filterShape = [...c.filter, c.inChannels, depthwise ? 1 : c.outChannels];
  const outputShape = [c.batch, outHeight, outWidth, depthwise ? c.inChannels : c.outChannels];
  return {
    inputShape,
    filterShape,
    outputShape,
    forward(x: Values, w: Values): Values {
      const y = zeros(outputShape);
      forEachProduct(c, depthwise, (i, f, o) => {
        y.data[o]! += x.data[i]! * w.data[f]!;
      });
      return y;
    },
    inputGradient(dy: Values, w: Values): Values {
      const dx = zeros(inputShape);
      forEachProduct(c, depthwise, (i, f, o) => {
        dx.data[i]! += dy.data[o]! * w.data[f]!;
      });
      return dx;
    },
    filterGradient(x: Values, dy: Values): Values {
      const dw = zeros(filterShape);
      forEachProduct(c, depthwise, (i, f, o) => {
        dw.data[f]! += x.data[i]! * dy.data[o]!;
      });
      return dw;
    },
  };
}

const base = { batch: 2, height: 7, width: 9, inChannels: 5, outChannels: 6 } as const;

/** Odd sizes on purpose: tails of channels and pixels, strides that leave rows over, asymmetric and excessive padding. */
export const convolutionCases: readonly (ConvolutionCase & { readonly name: string })[] = [
  { ...base, name: "3×3", filter: [3, 3], stride: [1, 1], padding: [1, 1, 1, 1] },
  { ...base, name: "3×3 stride 2, TensorFlow's padding", filter: [3, 3], stride: [2, 2], padding: [0, 1, 0, 1] },
  { ...base, name: "3×3 stride 2, PyTorch's padding", filter: [3, 3], stride: [2, 2], padding: [1, 1, 1, 1] },
  { ...base, name: "3×3 without padding, stride 2", filter: [3, 3], stride: [2, 2], padding: [0, 0, 0, 0] },
  { ...base, name: "5×5 stride 2, asymmetric", filter: [5, 5], stride: [2, 2], padding: [1, 2, 2, 1] },
  { ...base, name: "5×5", filter: [5, 5], stride: [1, 1], padding: [2, 2, 2, 2], inChannels: 3, outChannels: 16 },
  { ...base, name: "1×1", filter: [1, 1], stride: [1, 1], padding: [0, 0, 0, 0], inChannels: 16, outChannels: 9 },
  {
    ...base,
    name: "1×1 stride 2",
    filter: [1, 1],
    stride: [2, 2],
    padding: [0, 0, 0, 0],
    inChannels: 8,
    outChannels: 8,
  },
  { ...base, name: "2×3 stride 3×1", filter: [2, 3], stride: [3, 1], padding: [0, 0, 1, 1], inChannels: 4 },
  { ...base, name: "2×2 stride 3", filter: [2, 2], stride: [3, 3], padding: [0, 0, 0, 0] },
  {
    ...base,
    name: "stride beyond the image",
    filter: [3, 3],
    stride: [4, 4],
    padding: [1, 1, 1, 1],
    height: 3,
    width: 2,
  },
  { ...base, name: "padding wider than the filter", filter: [2, 2], stride: [1, 2], padding: [3, 2, 3, 4] },
  { ...base, name: "width 1, batch 1", filter: [3, 3], stride: [1, 1], padding: [1, 1, 1, 1], batch: 1, width: 1 },
  {
    ...base,
    name: "one channel to one",
    filter: [3, 3],
    stride: [1, 1],
    padding: [1, 1, 1, 1],
    inChannels: 1,
    outChannels: 1,
  },
  {
    ...base,
    name: "more pixels than a block",
    filter: [3, 3],
    stride: [1, 1],
    padding: [1, 1, 1, 1],
    height: 19,
    width: 23,
    inChannels: 7,
    outChannels: 11,
  },
  {
    ...base,
    name: "wider than a block",
    filter: [3, 3],
    stride: [1, 1],
    padding: [1, 1, 1, 1],
    height: 3,
    width: 300,
  },
  {
    ...base,
    name: "more channels than a block",
    filter: [1, 1],
    stride: [1, 1],
    padding: [0, 0, 0, 0],
    height: 3,
    width: 3,
    inChannels: 133,
    outChannels: 17,
  },
];
