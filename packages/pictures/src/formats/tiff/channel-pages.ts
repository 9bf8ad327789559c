import type { TiffPage } from "./tiff-page.js";

const RGB = 3;

/**
 * How many pages are channels of one picture, as ImageJ and OME write them: 3 for red, green and blue in three grey
 * pages. 0 where the pages are not said to be channels, or are other than three.
 */
export function channelPages(pages: readonly TiffPage[]): number {
  if (pages.length < 2 || pages.some((page) => page.samples !== 1 || !sameKind(page, pages[0]))) return 0;
  const { description } = pages[0];
  const channels = imageJChannels(description) ?? omeChannels(description);
  return channels === RGB && pages.length === RGB ? RGB : 0;
}

/** Whether ImageJ shows three channels as red, green and blue; it does where the file names no colours. */
export function shownAsRgb({ imageJLuts }: TiffPage): boolean {
  if (imageJLuts === undefined || imageJLuts.length < 3 * LUT_BYTES) return true;
  return [0, 1, 2].every((channel) =>
    [0, 1, 2].every((colour) => {
      const brightest = imageJLuts[channel * LUT_BYTES + colour * 256 + 255];
      return colour === channel ? brightest > 127 : brightest < 128;
    }),
  );
}

const LUT_BYTES = 768;

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
