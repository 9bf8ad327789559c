import type { SampleEntry } from "@eosin/plugin-api/imaging";
import type { ImageSize } from "./input-size.js";

/** Images that are this many times as wide and high as the network's input lose what a nucleus looks like. */
const MUCH_LARGER = 8;

/** @returns A sentence, where images lose so much when they are resized that patches were meant; else nothing. */
export function sizeRemark(
  samples: readonly Pick<SampleEntry, "id" | "width" | "height">[],
  input: ImageSize,
): string | undefined {
  const scaled = samples.map(({ id, width, height }) => ({
    id,
    scale: Math.sqrt((width / input.width) * (height / input.height)),
  }));
  const large = scaled.filter(({ scale }) => scale >= MUCH_LARGER).sort((a, b) => a.scale - b.scale);
  if (large.length === 0) return undefined;
  const middle = large[large.length >> 1];
  const times = Math.round(middle.scale);
  const which =
    large.length === samples.length
      ? "images are"
      : `${large.length} of ${samples.length} images ${large.length === 1 ? "is" : "are"}`;
  return (
    `${which} ${times} × larger than the network's input of ${input.width} × ${input.height} px, e.g. ${middle.id}: ` +
    `what is smaller than ${times} px, such as nuclei, is lost; cut them into patches first`
  );
}
