/**
 * Turns and mirrors pixels upright by an EXIF orientation (1…8; CIPA DC-008, table 6).
 * @param data (height, width, channels)
 * @returns The same array for orientation 1, else a new one of its type.
 */
export function turnUpright<Data extends TypedPixels>(
  data: Data,
  size: { readonly width: number; readonly height: number },
  channels: number,
  orientation: number,
): { data: Data; width: number; height: number } {
  const { width, height } = size;
  if (orientation <= 1 || orientation > 8) return { data, width, height };
  const swaps = orientation >= 5;
  const [toWidth, toHeight] = swaps ? [height, width] : [width, height];
  const out = new (data.constructor as new (length: number) => Data)(data.length);
  const mirrorX = [2, 3, 7, 8].includes(orientation);
  const mirrorY = [3, 4, 6, 7].includes(orientation);
  for (let y = 0, at = 0; y < toHeight; y++) {
    for (let x = 0; x < toWidth; x++) {
      // Where the upright pixel is in the stored picture.
      const [storedX, storedY] = swaps ? [y, x] : [x, y];
      const fromX = mirrorX ? width - 1 - storedX : storedX;
      const fromY = mirrorY ? height - 1 - storedY : storedY;
      const from = (fromY * width + fromX) * channels;
      for (let c = 0; c < channels; c++) out[at++] = data[from + c];
    }
  }
  return { data: out, width: toWidth, height: toHeight };
}

/** Arrays that hold a picture's values. */
export type TypedPixels =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;
