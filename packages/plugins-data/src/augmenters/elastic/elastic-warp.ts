import type { Rng } from "@eosin/plugin-api";
import type { CropWindow } from "@eosin/plugin-api/imaging";
import type { AugmentKernels } from "../kernels/augment-kernels.js";
import type { Warp } from "../warp/warp-sample.js";
import { nodeSpacing, type SmoothField, smoothField } from "./smooth-field.js";
import { splineWeights } from "./spline-weights.js";

/** The kernels' coordinates are in 65536ths of a pixel. */
const FINE = 65536;

/** @param alpha Standard deviation of the displacements along each axis, in pixels. @param sigma Likewise: how smooth. */
export function elasticWarp(alpha: number, sigma: number, { x, y, width, height }: CropWindow, rng: Rng): Warp {
  const spacing = nodeSpacing(sigma);
  const alongX = smoothField(width, height, sigma, rng);
  const alongY = smoothField(width, height, sigma, rng);
  const { columns, rows } = alongX;
  const cells = Math.ceil(width / spacing);
  const rowBytes = 4 * columns;
  const fieldBytes = rowBytes * rows;
  const stride = 16 * Math.ceil(spacing / 4);
  // Weights of the row, nodes of both fields, their rows between nodes; with room for what kernels write past an end.
  const nodesAt = 4 * stride;
  const betweenAt = nodesAt + 2 * fieldBytes + 16;
  const betweenBytes = rowBytes + 16;
  const coordinates = betweenAt + 2 * betweenBytes;
  const coordinateBytes = 4 * (cells * spacing + 4);
  const move = (field: SmoothField) => alpha * field.most;
  const write = (kernels: AugmentKernels, at: number, field: SmoothField, index: number) => {
    const to = (at + nodesAt + index * fieldBytes) >> 2;
    for (let i = 0; i < field.nodes.length; i++) kernels.floats[to + i] = FINE * alpha * field.nodes[i];
  };
  return {
    width,
    height,
    bounds: {
      left: x - move(alongX),
      right: x + width - 1 + move(alongX),
      top: y - move(alongY),
      bottom: y + height - 1 + move(alongY),
    },
    bytes: coordinates + coordinateBytes,
    prepare(kernels, at) {
      for (let phase = 0; phase < spacing; phase++) {
        const weights = splineWeights(phase / spacing);
        for (let node = 0; node < 4; node++) kernels.floats[((at + node * stride) >> 2) + phase] = weights[node];
      }
      write(kernels, at, alongX, 0);
      write(kernels, at, alongY, 1);
    },
    writeRow({ run, bytes }, row, xs, ys, at) {
      const cell = Math.floor(row / spacing);
      const [w0, w1, w2, w3] = splineWeights((row - cell * spacing) / spacing);
      for (let axis = 0; axis < 2; axis++) {
        const nodes = at + nodesAt + axis * fieldBytes + cell * rowBytes;
        const between = at + betweenAt + axis * betweenBytes;
        run.splineNodes(nodes, rowBytes, between, w0, w1, w2, w3);
        const start = FINE * (axis === 0 ? x : y + row);
        run.splineRow(between, at, stride, cells, spacing, at + coordinates, start, axis === 0 ? FINE : 0);
        // The last cell may reach past the row.
        bytes.copyWithin(axis === 0 ? xs : ys, at + coordinates, at + coordinates + 4 * width);
      }
    },
  };
}
