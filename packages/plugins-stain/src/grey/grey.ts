import type { Augmenter } from "@eosin/plugin-api/imaging";
import type { z } from "zod";
import { luma } from "../colour/grey.js";
import type { greyOptions } from "./definition.js";

export function createGrey({ p }: z.output<typeof greyOptions>): Augmenter {
  return {
    apply(sample, rng) {
      if (!rng.chance(p)) return sample;
      const { width, height, data: source } = sample.image;
      const data = new Uint8Array(source.length);
      for (let i = 0; i + 2 < source.length; i += 3) {
        const level = Math.round(luma(source[i], source[i + 1], source[i + 2]));
        data[i] = level;
        data[i + 1] = level;
        data[i + 2] = level;
      }
      return { ...sample, image: { width, height, data } };
    },
  };
}
