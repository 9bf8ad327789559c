/** Copies `count` blocks of so many bytes from one stride to another: one tensor's part of a concatenation or a split. */
export function copyBlocks(from: usize, to: usize, count: i32, bytes: usize, fromStride: usize, toStride: usize): void {
  if (bytes > 64 || (bytes & 3) != 0) {
    for (; count > 0; count--, from += fromStride, to += toStride) memory.copy(to, from, bytes);
  } else {
    // A call of memory.copy takes longer than a few words.
    for (; count > 0; count--, from += fromStride, to += toStride) {
      for (let at: usize = 0; at < bytes; at += 4) store<u32>(to + at, load<u32>(from + at));
    }
  }
}
