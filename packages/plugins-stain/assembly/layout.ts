// Where things lie in the module's memory, in bytes. Pictures go through it strip by strip, so that it never grows and a
// strip stays in the processor's cache from its first pass to its last. The names are exported: TypeScript reads them.

/** Pixels of a strip. */
export const STRIP: i32 = 32768;
/** f32: what a kernel is told, by index; each kernel says which. */
export const PARAMETERS: usize = 1024;
/** f64: sums that a kernel adds to. */
export const SUMS: usize = 2048;
/** What each byte of red, green, blue contributes: 3 × 256 entries of 2 or 4 f32, summed over the channels of a pixel. */
export const TABLE: usize = 4096;
/** 3 × 256 × (X, Y, Z, 0) i32. */
export const LAB_XYZ: usize = 16384;
/** 3072 × u16: cube roots. */
export const LAB_ROOT: usize = 28672;
/** 4096 × u8: the inverse gamma. */
export const LAB_ENCODED: usize = 34816;
/** 256 × (luminance, root) i32 of each L. */
export const LAB_LIGHT: usize = 38912;
/** 256 × i32: what a adds to the root for X. */
export const LAB_ALONG_A: usize = 40960;
/** 256 × i32: what b adds to the root for Z. */
export const LAB_ALONG_B: usize = 41984;
/** 4 × 256 × u32: byte counts, to be added up over the four; or counts of the bytes below each of `LEVELS` levels. */
export const COUNTS: usize = 43008;
export const LEVELS: i32 = 8;
/** What one block of pixels leaves for the next loop over it. */
export const SCRATCH: usize = 47104;
/** Bytes that come in: interleaved RGB or LAB of a strip. */
export const SOURCE: usize = 65536;
/** Bytes that go out. */
export const TARGET: usize = 164096;
/** f32: two densities a pixel; or two lists of as many values as a strip has pixels, the second from `VALUES_2` on. */
export const VALUES: usize = 262656;
export const VALUES_2: usize = 393792;
/** f32: red, green, blue optical densities and weights of `COLOURS` colours, one plane behind the other. */
export const PLANES: usize = 524928;
export const COLOURS: i32 = 50176;

/** Pixels of a block: short loops over what lies in the first cache keep the processor's units busier than one long one. */
export const BLOCK: i32 = 256;

// @ts-ignore: decorator
@inline
export function parameter(index: usize): f32 {
  return load<f32>(PARAMETERS + (index << 2));
}

// @ts-ignore: decorator
@inline
export function lanes(index: usize): v128 {
  return v128.load32_splat(PARAMETERS + (index << 2));
}
