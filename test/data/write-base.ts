import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writePng } from "../../packages/pictures/src/testing/draw-files.test-support.js";
import { drawPair, side } from "./draw-pair.js";

export interface PairForm {
  readonly ending: string;
  image(path: string, image: Uint8Array): Promise<void>;
  /** @param mask Of 0 and 1. */
  mask(path: string, mask: Uint8Array): Promise<void>;
}

export const pngPairs: PairForm = {
  ending: ".png",
  image: (path, image) => writePng(path, image, side, 3),
  mask(path, mask) {
    const levels = mask.map((each) => each * 255);
    return writePng(path, levels, side, 1);
  },
};

/** `<root>/{A,B}/{image,mask}/p0…p4`, as the base of the cases. @returns Masks of 0 and 1 by id. */
export async function writeBase(root: string, form: PairForm = pngPairs): Promise<Map<string, Uint8Array>> {
  const masks = new Map<string, Uint8Array>();
  for (const [d, domain] of ["A", "B"].entries()) {
    for (const part of ["image", "mask"]) mkdirSync(join(root, domain, part), { recursive: true });
    for (let i = 0; i < 5; i++) {
      const { image, mask } = drawPair(100 * d + i);
      await form.image(join(root, domain, `image/p${i}${form.ending}`), image);
      await form.mask(join(root, domain, `mask/p${i}${form.ending}`), mask);
      masks.set(`${domain}/p${i}`, mask);
    }
  }
  return masks;
}
