// Rows of a picture whose pixels are taken from another at even steps: mirrored and turned by quarters. `from` is where the
// first pixel of the row comes from, `step` the bytes to the next.

/** RGB. A byte past the row's last is written, and one past a pixel read. */
export function moveColours(from: usize, step: i32, to: usize, columns: i32): void {
  for (const end = to + <usize>columns * 3; to < end; to += 3, from += step) store<u32>(to, load<u32>(from));
}

export function moveLabels(from: usize, step: i32, to: usize, columns: i32): void {
  for (const end = to + <usize>columns; to < end; to++, from += step) store<u8>(to, load<u8>(from));
}

/** f32 × `stains` a pixel. */
export function moveDensities(from: usize, step: i32, to: usize, columns: i32, stains: i32): void {
  const pixel = <usize>stains * 4;
  for (const end = to + <usize>columns * pixel; to < end; to += pixel, from += step) {
    for (let stain: usize = 0; stain < pixel; stain += 4) store<u32>(to + stain, load<u32>(from + stain));
  }
}
