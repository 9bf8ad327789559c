import type { SampleEntry, Scale } from "@eosin/plugin-api/imaging";
import type { Size } from "../resize/resize-sample.js";

/** The size that a sample is brought to, from 1 pixel on; nothing where it keeps its own. */
export function preparedSize(
  { width, height }: Pick<SampleEntry, "width" | "height">,
  { size, scale }: { readonly size?: Size; readonly scale?: Scale },
): Size | undefined {
  if (scale === undefined) return size;
  if (!("factor" in scale)) return scale;
  const side = (pixels: number) => Math.max(1, Math.round(pixels * scale.factor));
  return { width: side(width), height: side(height) };
}
