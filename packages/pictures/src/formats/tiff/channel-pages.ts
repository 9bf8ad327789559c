import type { TiffPage } from "./tiff-page.js";

/**
 * How many pages are channels of one picture, as ImageJ and OME write them: 3 for red, green and blue in three grey
 * pages. 0 where the pages are not said to be channels.
 */
export function channelPages(pages: readonly TiffPage[]): number {
  if (pages.length < 2 || pages.some((page) => page.samples !== 1 || !sameKind(page, pages[0]))) return 0;
  const { description } = pages[0];
  const channels = imageJChannels(description) ?? omeChannels(description);
  return channels === pages.length ? channels : 0;
}

function sameKind(page: TiffPage, first: TiffPage): boolean {
  const { width, height, bits, sampleType } = page;
  return width === first.width && height === first.height && bits === first.bits && sampleType === first.sampleType;
}

/** `ImageJ=1.53\nimages=3\nchannels=3\n…`; slices and frames make it a stack. */
function imageJChannels(description: string): number | undefined {
  if (!description.startsWith("ImageJ=")) return undefined;
  const field = (name: string) => Number(new RegExp(`^${name}=(\\d+)`, "m").exec(description)?.[1] ?? 1);
  return field("slices") * field("frames") === 1 ? field("channels") : 0;
}

/** `<Pixels SizeC="3" SizeZ="1" SizeT="1" …>` of OME-XML. */
function omeChannels(description: string): number | undefined {
  const pixels = /<(?:\w+:)?Pixels\b[^>]*>/.exec(description)?.[0];
  if (pixels === undefined) return undefined;
  const size = (axis: string) => Number(new RegExp(`\\bSize${axis}="(\\d+)"`).exec(pixels)?.[1] ?? 1);
  return size("Z") * size("T") === 1 ? size("C") : 0;
}
