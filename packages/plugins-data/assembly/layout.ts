// Where things lie in the module's memory, in bytes. A picture goes through it by bands of columns, and a band by strips
// of rows, so that it never grows, however large the picture. The names are exported: TypeScript reads them.

/** Columns of a band. What is summed over a row of them fits 32 bits. */
export const BAND: i32 = 4096;
/** What a kernel may read or write past the end of a row, in columns. */
const BEYOND: usize = 32;

/** f64: 0 sum and 1 sum of squares of grey; 2 and 3 the same of its Laplacian; 4 ignored, 5 tumour pixels; 6…8 red, green, blue. */
export const SUMS: usize = 1024;
/** u32 × 2: the two lanes of the digest. */
export const DIGEST: usize = 1120;
/** i32: where the cells of a band begin, in its columns, and where the last one ends. */
export const EDGES: usize = 1152;
/** 256 × f64: the density of each grey. */
export const DENSITY_OF: usize = 2048;
/** u16 × 3 a column: sums of red, green and blue over at most 257 rows. */
export const COLOURS: usize = 4096;
/** u16 a column: the same of tumour. */
export const TUMOUR: usize = COLOURS + 6 * (<usize>BAND + BEYOND);
/** f64 a column: sums of densities. */
export const DENSITIES: usize = TUMOUR + 2 * (<usize>BAND + BEYOND);
/** u8: the last three rows of grey, `GREY_ROW` bytes apart, in turn. */
export const GREY: usize = DENSITIES + 8 * (<usize>BAND + BEYOND);
export const GREY_ROW: usize = <usize>BAND + 2 * BEYOND;
/** Bytes of red, green and blue of a strip. */
export const STRIP: usize = 65536;
export const SOURCE: usize = GREY + 3 * GREY_ROW;
/** Bytes of the mask's rows of a strip. */
export const LABELS: usize = SOURCE + STRIP + 3 * BEYOND;
/** f64 × 3: sums of red, green and blue of 96 × 96 cells at most. */
export const CELLS: usize = LABELS + STRIP / 2;
/** f64: the same of tumour. */
export const TUMOUR_CELLS: usize = CELLS + 8 * 3 * 96 * 96;
/** u8: means of cells, three a cell at most. It ends within 8 pages of 64 KiB. */
export const MEANS: usize = TUMOUR_CELLS + 8 * 96 * 96;

// @ts-ignore: decorator
@inline
export function addToSum(index: usize, value: f64): void {
  const at = SUMS + (index << 3);
  store<f64>(at, load<f64>(at) + value);
}

/** Of four u32. */
// @ts-ignore: decorator
@inline
export function total(v: v128): f64 {
  const low = <f64>(<u32>i32x4.extract_lane(v, 0)) + <f64>(<u32>i32x4.extract_lane(v, 1));
  return low + <f64>(<u32>i32x4.extract_lane(v, 2)) + <f64>(<u32>i32x4.extract_lane(v, 3));
}
