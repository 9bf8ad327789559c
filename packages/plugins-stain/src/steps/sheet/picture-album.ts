import type { RgbImage } from "@eosin/plugin-api/imaging";
import sharp from "sharp";

/** Longest sides in pixels: enough to judge by, small enough for one page. */
const longestSide = { large: 240, small: 164 } as const;

/** The pictures of a sheet, PNG by blob name. */
export class PictureAlbum {
  readonly pictures = new Map<string, Uint8Array>();

  /** Adds a picture, downscaled where it is larger than the sheet shows it. @returns Its name. */
  async add(name: string, image: RgbImage, size: keyof typeof longestSide = "large"): Promise<string> {
    const { width, height, data } = image;
    const picture = sharp(data, { raw: { width, height, channels: 3 } });
    const limit = longestSide[size];
    if (Math.max(width, height) > limit) picture.resize({ width: limit, height: limit, fit: "inside" });
    const file = `pictures/${name}.png`;
    this.pictures.set(file, await picture.png({ compressionLevel: 9 }).toBuffer());
    return file;
  }

  /** Takes away all pictures whose names begin with `key-`. */
  remove(key: string): void {
    for (const name of this.pictures.keys()) if (name.startsWith(`pictures/${key}-`)) this.pictures.delete(name);
  }
}
