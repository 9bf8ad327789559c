/** sYCC to RGB (IEC 61966-2-1, amendment 1), in place; further components stay. @param most Of a value. */
export function yccToRgb<Data extends Uint8Array | Uint16Array | Int16Array>(
  data: Data,
  components: number,
  most: number,
): Data {
  const middle = (most + 1) / 2;
  const level = (value: number) => Math.min(Math.max(Math.round(value), 0), most);
  for (let i = 0; components >= 3 && i < data.length; i += components) {
    const [y, blue, red] = [data[i], data[i + 1] - middle, data[i + 2] - middle];
    data[i] = level(y + 1.402 * red);
    data[i + 1] = level(y - 0.344136 * blue - 0.714136 * red);
    data[i + 2] = level(y + 1.772 * blue);
  }
  return data;
}
