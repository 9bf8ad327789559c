import { counted } from "../../samples/dataset-output.js";
import type { Looked, SanityLine } from "../looked.js";
import { byDomain, type LookedSample } from "../looked-sample.js";
import { median } from "../median.js";
import { named } from "../named.js";

/** Images of a domain, below which neither a fold nor a figure of that domain says much. */
const fewImages = 5;

/** Images that are this many times as wide and high as the network's input lose what a nucleus looks like. */
const muchLarger = 8;

/** How many images there are, and how large. */
export function sizeLines({ samples, networkInput }: Looked): SanityLine[] {
  return [...fewInDomains(samples), ...(networkInput ? tooLarge(samples, networkInput) : []), ...manySizes(samples)];
}

function fewInDomains(samples: readonly LookedSample[]): SanityLine[] {
  return [...byDomain(samples)]
    .filter(([, members]) => members.length < fewImages)
    .map(([domain, members]) => ({
      level: "warning",
      code: "FEW_IMAGES",
      text: `The domain ${domain} has ${counted(members.length, "image")}: ${named(members.map(({ id }) => id))}.`,
    }));
}

function tooLarge(samples: readonly LookedSample[], input: NonNullable<Looked["networkInput"]>): SanityLine[] {
  const scaled = samples.map(({ id, figures: { width, height } }) => ({
    id,
    scale: Math.sqrt((width / input.width) * (height / input.height)),
  }));
  const large = scaled.filter(({ scale }) => scale >= muchLarger);
  if (large.length === 0) return [];
  const times = Math.round(median(large.map(({ scale }) => scale)));
  const which =
    large.length === samples.length
      ? "Images are"
      : `${large.length} of ${counted(samples.length, "image")} ${large.length === 1 ? "is" : "are"}`;
  const text = `${which} ${times} × larger than the network's input of ${input.width} × ${input.height} px, in width and height: what is smaller than ${times} px, such as nuclei, is lost. Cut them into patches first (${named(large.map(({ id }) => id))}).`;
  return [{ level: "warning", code: "IMAGES_MUCH_LARGER", text }];
}

function manySizes(samples: readonly LookedSample[]): SanityLine[] {
  const bySize = new Map<string, LookedSample>();
  for (const sample of samples) bySize.set(`${sample.figures.width} × ${sample.figures.height}`, sample);
  if (bySize.size === 1) return [];
  const ordered = [...bySize.values()].sort((a, b) => pixels(a) - pixels(b));
  const [least, most] = [ordered[0], ordered[ordered.length - 1]];
  const text = `Images are of ${bySize.size} sizes, from ${sizeOf(least)} to ${sizeOf(most)}.`;
  return [{ level: "note", code: "SIZES_DIFFER", text }];
}

function pixels({ figures: { width, height } }: LookedSample): number {
  return width * height;
}

function sizeOf({ id, figures: { width, height } }: LookedSample): string {
  return `${width} × ${height} px (${id})`;
}
