import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "../stain/components.mjs";
import { mosaic, writePicture } from "../stain/pictures.mjs";

/** Bytes below this in green, where both stains absorb, are foreground of the masks: something to resize and turn. */
const STAINED = 140;

/** Writes `count` mosaics of side² with masks, shared among domains, and plans them as a dataset. */
export async function writePatchFolder(folder, tiles, count, side) {
  const domains = [...new Set(tiles.map((tile) => tile.domain))];
  for (let index = 0; index < count; index++) {
    const domain = domains[index % domains.length];
    const image = mosaic(tiles, side, index);
    const mask = { ...image, data: Uint8Array.from({ length: side * side }, (_, i) => maskOf(image.data[3 * i + 1])) };
    for (const [kind, picture] of [
      ["image", image],
      ["mask", mask],
    ]) {
      mkdirSync(join(folder, domain, kind), { recursive: true });
      await writePicture(join(folder, domain, kind, `${index}.png`), picture);
    }
  }
  const dataset = await build("data/image-mask-folders", { root: folder });
  const { value } = await dataset.plan({ baseFolder: folder, files: { hashAll } });
  return value;
}

const maskOf = (green) => (green < STAINED ? 255 : 0);

const hashAll = (files) =>
  Promise.all(
    files.map(async (file) =>
      createHash("sha256")
        .update(await readFile(file))
        .digest("hex"),
    ),
  );
