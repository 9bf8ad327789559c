/** An NHWC shape as rows of channels. */
export function channelRows(shape: readonly number[]): { rows: number; channels: number } {
  const channels = shape[shape.length - 1]!;
  return { rows: shape.slice(0, -1).reduce((rows, n) => rows * n, 1), channels };
}

/** An NHWC shape as a batch of rows of channels. */
export function batchedRows(shape: readonly number[]): { batch: number; rows: number; channels: number } {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  return { batch, rows: height * width, channels };
}
