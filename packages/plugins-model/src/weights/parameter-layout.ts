import type { NetworkParameter } from "@eosin/plugin-api/learning";
import { elementCount } from "@eosin/plugin-api/tensor-file";

type Layout = NetworkParameter["layout"];

/** The shape on file of a variable: HWIO → OIHW, depthwise HWC1 → C1HW. */
export function storedShape(layout: Layout, shape: readonly number[]): readonly number[] {
  if (layout === "plain") return shape;
  const [height, width, third, fourth] = shape;
  return layout === "conv" ? [fourth, third, height, width] : [third, 1, height, width];
}

/** @param values In the variable's order, which has this `shape`. @returns In the order on file. */
export function toStoredOrder(layout: Layout, shape: readonly number[], values: Float32Array): Float32Array {
  if (layout === "plain") return values;
  const { area, channels } = matrixOf(shape);
  return transposed(values, area, channels, fileOrder(layout, shape));
}

/** @param values In the order on file. @param shape The variable's. @returns In the variable's order. */
export function toVariableOrder(layout: Layout, shape: readonly number[], values: Float32Array): Float32Array {
  if (layout === "plain") return values;
  const { area, channels } = matrixOf(shape);
  const target = fileOrder(layout, shape);
  const out = new Float32Array(elementCount(shape));
  for (let position = 0; position < area; position++) {
    for (let channel = 0; channel < channels; channel++) {
      out[position * channels + channel] = values[target(channel) * area + position];
    }
  }
  return out;
}

/** Both forms are a matrix (filter positions × channel pairs) and its transpose, with the pairs in another order. */
function matrixOf([height, width, inputs, outputs]: readonly number[]): { area: number; channels: number } {
  return { area: height * width, channels: inputs * outputs };
}

function fileOrder(layout: Layout, [, , inputs, outputs]: readonly number[]): (channel: number) => number {
  if (layout === "depthwise") return (channel) => channel;
  return (channel) => (channel % outputs) * inputs + Math.floor(channel / outputs);
}

function transposed(
  values: Float32Array,
  area: number,
  channels: number,
  target: (channel: number) => number,
): Float32Array {
  const out = new Float32Array(values.length);
  for (let position = 0; position < area; position++) {
    for (let channel = 0; channel < channels; channel++) {
      out[target(channel) * area + position] = values[position * channels + channel];
    }
  }
  return out;
}
