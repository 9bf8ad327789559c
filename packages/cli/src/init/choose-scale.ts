import type { EngineIdentity } from "@eosin/plugin-api/learning";
import { isGpu } from "@eosin/plugin-api/learning";
import type { DataFacts } from "./data-facts.js";
import type { PatchScale, Stated } from "./recipe.js";

/** A {@link PatchScale}, with what it makes of the data. */
export interface ChosenScale extends Stated<PatchScale> {
  /** Pixels of the smallest side after it. */
  readonly least: number;
  /** Pixels of a middle side after it. */
  readonly median: number;
}

/** What halves the image in an encoder, five times. */
export const stride = 32;

/** Sides differ by less than this: then all patches are stretched to one square, and nothing looks much stretched. */
const alike = 1.5;

/** No patch shrinks below this share of its sides: a nucleus of 8 µm at 0.25 µm a pixel is then 8 pixels wide. */
const smallestFactor = 0.25;

/** How patches are resized: not at all, unless they are larger than the machine trains on in time. */
export function chooseScale({ sides }: DataFacts, engine: EngineIdentity): ChosenScale {
  const { least, median, most } = sides;
  const { pixels, source } = largestSide(engine);
  const range = least === most ? `sides are ${most} px` : `sides are ${least}…${most} px, ${median} in the middle`;
  const factor = Math.min(1, Math.max(smallestFactor, pixels / median));
  const native =
    factor === 1
      ? "patches keep their own scale"
      : `larger ones than ${pixels} px take this machine too long (${source})${factor === smallestFactor ? ", and at less than a quarter nuclei are lost" : ""}`;
  if (most / least <= alike) {
    const side = stride * Math.max(1, Math.ceil((median * factor) / stride - 0.01));
    const why = `${range}; ${native}, as a square of a multiple of ${stride} px that all are stretched to`;
    return { value: side, least: side, median: side, why };
  }
  const value = Math.max(smallestFactor, Math.floor(factor * 100) / 100);
  const why = `${range}, which is too much to stretch all to one square; ${native}, as a factor of their own sides`;
  return { value: { factor: value }, least: least * value, median: median * value, why };
}

/** What a network sees at once: a window of the patch. */
export function chooseWindow({ least }: ChosenScale, engine: EngineIdentity): Stated<number> {
  const usual = isGpu(engine.device) ? 512 : 256;
  const fits = Math.max(stride, stride * Math.floor(least / stride));
  if (fits >= usual) {
    const why = `pixels of a window, another one of a patch each time: ${usual} is what the recipe has ${onWhat(engine)}`;
    return { value: usual, why };
  }
  return { value: fits, why: `pixels of a window: the largest multiple of ${stride} that every patch holds` };
}

function largestSide(engine: EngineIdentity): { readonly pixels: number; readonly source: string } {
  if (isGpu(engine.device)) return { pixels: 1024, source: "what cosas-lite0.yaml has for a GPU" };
  if (engine.threads >= 8) return { pixels: 512, source: "a guess between its two cores and its GPU" };
  return { pixels: 384, source: "what cosas-lite0.yaml has for two cores" };
}

function onWhat({ device }: EngineIdentity): string {
  return isGpu(device) ? "on a GPU" : "on processors";
}
