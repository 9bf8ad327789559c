import type { SheetSeparation, SheetStain, StainSeparation, Unsuitable } from "@eosin/plugin-api/imaging";
import type { PictureAlbum } from "./picture-album.js";
import { angleBetween, angleToReference } from "./stain-angles.js";
import { densityPicture } from "./stain-colour-picture.js";

/** The stains of a patch for the sheet: vectors, angles, and a picture of each stain's densities. */
export async function separatePatch(
  separated: StainSeparation | Unsuitable,
  key: string,
  album: PictureAlbum,
  target?: SheetSeparation,
): Promise<SheetSeparation> {
  if ("unsuitable" in separated) return { unsuitable: separated.unsuitable, stains: [] };
  const { stains: names, matrix, densities } = separated;
  const stains: SheetStain[] = [];
  for (const [i, name] of names.entries()) {
    const [red, green, blue] = matrix[i];
    const vector = [red, green, blue] as const;
    const same = target?.stains.find((each) => each.name === name);
    const toReference = angleToReference(name, vector);
    stains.push({
      name,
      vector,
      ...(toReference !== undefined && { toReference }),
      ...(same && { toTarget: angleBetween(vector, same.vector) }),
      picture: await album.add(`${key}-stain-${i}`, densityPicture(densities, i, vector)),
    });
  }
  return { stains, ...(stains.length > 1 && { angle: angleBetween(stains[0].vector, stains[1].vector) }) };
}
