import type { Schedule } from "@eosin/plugin-api/learning";
import type { CosineOptions } from "./options.js";

/** Half a cosine from 1 to 0 (Loshchilov & Hutter, 2017, eq. 5 without restarts), behind a linear warm-up from 1 %. */
export function createCosine({ warmup }: CosineOptions): Schedule {
  return {
    factor(progress) {
      if (progress < warmup) return 0.01 + (0.99 * progress) / warmup;
      return 0.5 * (1 + Math.cos((Math.PI * (progress - warmup)) / (1 - warmup)));
    },
  };
}
