import { BLOCKS, MEANS } from "../layout";
import { beginCode, encodeBlock, endCode } from "./entropy";
import { toLumaAndChroma } from "./luma-and-chroma";
import { transform } from "./transform";

/**
 * Codes the picture of MEANS as the scan of a baseline JPEG (ITU-T T.81), every colour at full size, to CODED.
 * @param across Blocks of 8 × 8 pixels. @param down The same.
 * @returns Bytes.
 */
export function encodeJpeg(across: i32, down: i32): i32 {
  let luma = 0, blue = 0, red = 0;
  beginCode();
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      toLumaAndChroma(MEANS + 24 * <usize>(8 * y * across + x), 24 * <usize>across);
      transform(BLOCKS, 0);
      luma = encodeBlock(BLOCKS, 0, luma);
      transform(BLOCKS + 256, 1);
      blue = encodeBlock(BLOCKS + 256, 1, blue);
      transform(BLOCKS + 512, 1);
      red = encodeBlock(BLOCKS + 512, 1, red);
    }
  }
  return endCode();
}
