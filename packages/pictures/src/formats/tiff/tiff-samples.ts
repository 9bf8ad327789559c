import type { GeoTIFFImage } from "geotiff";
import { corrupt } from "../../file/picture-fault.js";
import type { PictureHeader } from "../../header.js";
import { type TypedPixels, turnUpright } from "../../orientation.js";
import type { Samples } from "../../samples.js";
import { sharpSamples } from "../../sharp-samples.js";
import { withTiff } from "./tiff-file.js";
import { photometrics, readTiffPage, type TiffPage } from "./tiff-page.js";

const PREMULTIPLIED = 1;

export async function readTiffSamples(header: PictureHeader): Promise<Samples> {
  if (header.byLibvips) return sharpSamples(header);
  return withTiff(header.path, async (tiff) => {
    const planes: TypedPixels[] = [];
    const pages: TiffPage[] = [];
    for (const index of header.pageIndices) {
      const image = await tiff.getImage(index);
      const page = await readTiffPage(image, index);
      pages.push(page);
      planes.push(await readPage(image, page, header.path));
    }
    const [first] = pages;
    const channels = pages.length > 1 ? pages.length : first.samples;
    const stored = pages.length > 1 ? interleave(planes) : planes[0];
    const upright = turnUpright(stored, first, channels, first.orientation);
    const extra = header.alpha ? first.extra : 0;
    return {
      ...upright,
      channels,
      alpha: !header.alpha ? "none" : extra === PREMULTIPLIED ? "premultiplied" : "straight",
      opaque: first.sampleType === "float" ? 1 : 2 ** first.bits - 1,
      palette: first.palette,
    };
  });
}

async function readPage(image: GeoTIFFImage, page: TiffPage, path: string): Promise<TypedPixels> {
  const { samples, width, height, photometric, bits, sampleType } = page;
  const data = (await image.readRasters({ interleave: true })) as unknown as TypedPixels;
  if (data.length !== width * height * samples)
    throw corrupt(path, `${data.length} values of ${width * height * samples}`);
  if (photometric === photometrics.whiteIsZero && sampleType === "unsigned") invert(data, 2 ** bits - 1);
  return data;
}

function invert(data: TypedPixels, most: number): void {
  for (let i = 0; i < data.length; i++) data[i] = most - data[i];
}

function interleave(planes: readonly TypedPixels[]): TypedPixels {
  const [first] = planes;
  const out = new (first.constructor as new (length: number) => TypedPixels)(first.length * planes.length);
  planes.forEach((plane, channel) => {
    for (let i = 0; i < plane.length; i++) out[i * planes.length + channel] = plane[i];
  });
  return out;
}
