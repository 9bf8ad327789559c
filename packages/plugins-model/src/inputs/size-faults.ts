import { EosinError, type RefusedSetting } from "@eosin/plugin-api";
import { formatBytes } from "@eosin/support/format-bytes";
import type { ImageSize } from "./input-size.js";

/** What is wrong with a size that the network's strides do not divide. */
export function strideFault(size: ImageSize, stride: number): RefusedSetting | undefined {
  if (size.width % stride === 0 && size.height % stride === 0) return undefined;
  const near = (value: number) => Math.max(stride, Math.round(value / stride) * stride);
  return {
    option: ["size"],
    code: "SIZE_NOT_MULTIPLE",
    message: "The network cannot take patches of this size.",
    expected: `width and height that are multiples of ${stride}`,
    found: `${size.width} × ${size.height}`,
    next: `Use ${near(size.width)} × ${near(size.height)}.`,
  };
}

/** @throws EosinError `SIZE_NOT_MULTIPLE` where the network's strides do not divide the size. */
export function checkInputSize(size: ImageSize, stride: number): void {
  const fault = strideFault(size, stride);
  if (fault) throw new EosinError({ ...fault, place: "option size" });
}

/** Bytes of 8-bit RGB that a batch may have: buffers are not made larger. */
const MOST_BATCH_BYTES = 2 ** 32;

/** What is wrong with a batch of pictures for which no buffer can be had. */
export function batchFault({ width, height }: ImageSize, batch: number): RefusedSetting | undefined {
  const bytes = batch * width * height * 3;
  if (bytes <= MOST_BATCH_BYTES) return undefined;
  const most = Math.floor(MOST_BATCH_BYTES / (width * height * 3));
  return {
    option: most === 0 || batch === 1 ? ["size"] : ["batch"],
    code: "BATCH_TOO_LARGE",
    message: "A batch of this size cannot be held in memory.",
    expected: `at most ${formatBytes(MOST_BATCH_BYTES)} of pixels${most > 0 ? `: ${most} patches of ${width} × ${height}` : ""}`,
    found: `${formatBytes(bytes)}: ${batch} of ${width} × ${height}`,
    next: "Use a smaller batch or size.",
  };
}
