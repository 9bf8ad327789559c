import type { SampleEntry, Scale } from "@eosin/plugin-api/imaging";
import { type ImageSize, sizeAtScale } from "./input-size.js";

/** Images that are this many times as wide and high as the network's input lose what a nucleus looks like. */
const MUCH_LARGER = 8;

/** @param seen What images are brought to. @returns A sentence, where images lose so much when they are resized that patches were meant; else nothing. */
export function sizeRemark(
  samples: readonly Pick<SampleEntry, "id" | "width" | "height">[],
  seen: Scale,
): string | undefined {
  const scaled = samples.map(({ id, width, height }) => {
    const at = sizeAtScale({ width, height }, seen);
    return { id, scale: Math.sqrt((width / at.width) * (height / at.height)) };
  });
  const large = scaled.filter(({ scale }) => scale >= MUCH_LARGER).sort((a, b) => a.scale - b.scale);
  if (large.length === 0) return undefined;
  const middle = large[large.length >> 1];
  const times = Math.round(middle.scale);
  const which =
    large.length === samples.length
      ? "images are"
      : `${large.length} of ${samples.length} images ${large.length === 1 ? "is" : "are"}`;
  const input = "factor" in seen ? "the network sees them" : `the network's input of ${seen.width} × ${seen.height} px`;
  return (
    `${which} ${times} × larger than ${input}, e.g. ${middle.id}: ` +
    `what is smaller than ${times} px, such as nuclei, is lost; cut them into patches first`
  );
}

/** @returns A sentence, where images at their scale are smaller than the windows that are cut out of them; else nothing. */
export function smallRemark(
  samples: readonly Pick<SampleEntry, "id" | "width" | "height">[],
  scale: Scale,
  window: ImageSize,
): string | undefined {
  const small = samples.filter((each) => {
    const { width, height } = sizeAtScale(each, scale);
    return Math.round(width) < window.width || Math.round(height) < window.height;
  });
  if (small.length === 0) return undefined;
  const which = `${small.length} of ${samples.length} images ${small.length === 1 ? "is" : "are"}`;
  return (
    `${which} smaller at this scale than the window of ${window.width} × ${window.height} px, e.g. ${small[0].id}: ` +
    "what is missing is filled by reflection at their borders"
  );
}
