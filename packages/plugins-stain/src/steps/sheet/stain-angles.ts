import { angleBetween, REFERENCE_STAINS, type StainVector } from "../../estimation/stain-matrix.js";

const references: { readonly [stain: string]: StainVector } = {
  haematoxylin: REFERENCE_STAINS[0],
  eosin: REFERENCE_STAINS[1],
};

export { angleBetween };

/** @returns Degrees to what Ruifrok & Johnston (2001) measured; nothing for another stain than haematoxylin and eosin. */
export function angleToReference(stain: string, vector: StainVector): number | undefined {
  return Object.hasOwn(references, stain) ? angleBetween(vector, references[stain]) : undefined;
}
