// What changes each level of a channel alike: counts of levels, and maps of them.

/** Adds to 3 × 256 counts (u32) the levels of RGB pixels. */
export function countLevels(from: usize, pixels: i32, counts: usize): void {
  for (const end = from + <usize>pixels * 3; from < end; from += 3) {
    count(counts + ((<usize>load<u8>(from)) << 2));
    count(counts + 1024 + ((<usize>load<u8>(from, 1)) << 2));
    count(counts + 2048 + ((<usize>load<u8>(from, 2)) << 2));
  }
}

// @ts-ignore: decorator
@inline
function count(at: usize): void {
  store<u32>(at, load<u32>(at) + 1);
}

/** Maps RGB pixels in place by 3 × 256 bytes. Up to three pixels more are mapped. */
export function mapLevels(at: usize, pixels: i32, maps: usize): void {
  for (const end = at + <usize>pixels * 3; at < end; at += 12) {
    const first = load<u32>(at), second = load<u32>(at, 4), third = load<u32>(at, 8);
    store<u32>(at, red(maps, first) | (green(maps, first >> 8) << 8) | (blue(maps, first >> 16) << 16) | (red(maps, first >> 24) << 24));
    store<u32>(
      at,
      green(maps, second) | (blue(maps, second >> 8) << 8) | (red(maps, second >> 16) << 16) | (green(maps, second >> 24) << 24),
      4,
    );
    store<u32>(at, blue(maps, third) | (red(maps, third >> 8) << 8) | (green(maps, third >> 16) << 16) | (blue(maps, third >> 24) << 24), 8);
  }
}

// @ts-ignore: decorator
@inline
function red(maps: usize, level: u32): u32 {
  return <u32>load<u8>(maps + (<usize>level & 255));
}

// @ts-ignore: decorator
@inline
function green(maps: usize, level: u32): u32 {
  return <u32>load<u8>(maps + (<usize>level & 255), 256);
}

// @ts-ignore: decorator
@inline
function blue(maps: usize, level: u32): u32 {
  return <u32>load<u8>(maps + (<usize>level & 255), 512);
}
