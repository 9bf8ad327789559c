/** Images of one size in a row: (count, height, width, channels). */
export interface ImageStack {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** How an image is laid before the network: mirrored left to right where asked, then turned. */
export interface View {
  /** Quarter turns counter-clockwise, 0…3. */
  readonly turns: number;
  readonly mirrored: boolean;
}

/** @param rotations Degrees, multiples of 90. @param flips Whether each is also of the mirrored image. */
export function viewsOf(rotations: readonly number[], flips: boolean): readonly View[] {
  const turned = (mirrored: boolean) => rotations.map((degrees) => ({ turns: degrees / 90, mirrored }));
  return flips ? [...turned(false), ...turned(true)] : turned(false);
}

/**
 * Mirrors every image left to right.
 * @param target As long as `source`.
 */
export function mirrorInto<Data extends Uint8Array | Float32Array>(
  source: Data,
  target: Data,
  { width, channels }: ImageStack,
): Data {
  const row = width * channels;
  for (let start = 0; start < source.length; start += row) {
    for (let x = 0; x < row; x += channels) {
      const to = start + row - channels - x;
      for (let channel = 0; channel < channels; channel++) target[to + channel] = source[start + x + channel];
    }
  }
  return target;
}

/** The stack's form after some quarter turns. */
export function rotatedStack(stack: ImageStack, turns: number): ImageStack {
  return turns % 2 === 0 ? stack : { ...stack, height: stack.width, width: stack.height };
}

/**
 * Turns every image counter-clockwise, as NumPy's `rot90` does.
 * @param turns Quarter turns, 0…3.
 * @param target As long as `source`; gets images of the form `rotatedStack(stack, turns)`.
 */
export function rotateInto<Data extends Uint8Array | Float32Array>(
  source: Data,
  target: Data,
  { count, height, width, channels }: ImageStack,
  turns: number,
): Data {
  // Position in the target: start + y · perRow + x · perColumn.
  const last = (height * width - 1) * channels;
  const [start, perRow, perColumn] = [
    [0, width * channels, channels],
    [(width - 1) * height * channels, channels, -height * channels],
    [last, -width * channels, -channels],
    [(height - 1) * channels, -channels, height * channels],
  ][turns];
  const size = height * width * channels;
  for (let image = 0; image < count; image++) {
    let from = image * size;
    for (let y = 0; y < height; y++) {
      let to = image * size + start + y * perRow;
      for (let x = 0; x < width; x++, to += perColumn) {
        for (let channel = 0; channel < channels; channel++) target[to + channel] = source[from++];
      }
    }
  }
  return target;
}
