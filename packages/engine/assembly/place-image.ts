/** Copies an image so that its pixel (0, 0) lies at (top, left) of a larger or smaller one, zeros around it. */
export function placeImage(
  from: usize, to: usize, height: i32, width: i32, channels: i32, top: i32, left: i32, rows: i32, columns: i32,
): void {
  const pixelBytes = <usize>channels << 2;
  const firstColumn = max(0, -left);
  const before = <usize>max(0, left) * pixelBytes;
  const copied = max(0, min(width, columns - left) - firstColumn);
  const inside = <usize>copied * pixelBytes;
  const after = <usize>columns * pixelBytes - before - inside;
  for (let row = 0; row < rows; row++, to += <usize>columns * pixelBytes) {
    const source = row - top;
    if (source < 0 || source >= height || copied == 0) {
      memory.fill(to, 0, <usize>columns * pixelBytes);
    } else {
      memory.fill(to, 0, before);
      memory.copy(to + before, from + <usize>(source * width + firstColumn) * pixelBytes, inside);
      memory.fill(to + before + inside, 0, after);
    }
  }
}
