import { IGNORED } from "@eosin/plugin-api/imaging";
import sharp from "sharp";
import type { PredictedPatch } from "../judging/judged-patch.js";
import { densityPicture } from "./density-picture.js";

/** PNG pictures of one patch as `data:` URIs. */
export interface CasePictures {
  readonly input: string;
  readonly truth: string;
  readonly prediction: string;
  /** One a stain that the network separates, in its order. */
  readonly stains: readonly string[];
  /** Set where some of its pixels are ignored. */
  readonly ignored?: true;
}

/** The longest side of an embedded picture, in pixels: enough for the page, small enough for one file. */
const longestSide = 320;
const truthColour = [0, 150, 90] as const;
const predictionColour = [20, 90, 220] as const;
const falseColour = [230, 60, 40] as const;
const ignoredColour = [128, 128, 128] as const;

export async function drawCase(patch: PredictedPatch): Promise<CasePictures> {
  return {
    input: await drawInput(patch),
    truth: await drawTruth(patch),
    prediction: await drawPrediction(patch),
    stains: await drawStains(patch),
    ...(holdsIgnored(patch) && { ignored: true as const }),
  };
}

export function drawInput({ image, width, height }: PredictedPatch): Promise<string> {
  return encode(image, width, height);
}

async function drawStains({ density, width, height }: PredictedPatch): Promise<string[]> {
  if (!density) return [];
  const stains = Array.from({ length: density.stains }, (_, stain) => densityPicture(density, stain));
  return Promise.all(stains.map((picture) => encode(picture, width, height)));
}

export function holdsIgnored({ truth }: PredictedPatch): boolean {
  return truth.includes(IGNORED);
}

export function drawTruth(patch: PredictedPatch): Promise<string> {
  const tumour = holdsIgnored(patch) ? patch.truth.map((label) => (label === 1 ? 1 : 0)) : patch.truth;
  const tinted = overlay(patch, (i) => (tumour[i] ? truthColour : undefined), tumour);
  return encode(tinted, patch.width, patch.height);
}

/** What is predicted: right where the truth is tumour too, wrong elsewhere, neither where it is ignored. */
export function drawPrediction(patch: PredictedPatch): Promise<string> {
  const { truth, prediction, width, height } = patch;
  const colourOf = (i: number) => (prediction[i] ? (truth[i] ? predictionColour : falseColour) : undefined);
  return encode(overlay(patch, colourOf, prediction), width, height);
}

type Colour = readonly [number, number, number];

/** Tints the masked pixels and draws the mask's outline; hatches what is ignored. */
function overlay(patch: PredictedPatch, colourOf: (i: number) => Colour | undefined, mask: Uint8Array): Uint8Array {
  const { width, height, image, truth } = patch;
  const out = image.slice();
  const tint = (i: number, colour: Colour, share: number) => {
    for (let c = 0; c < 3; c++) out[3 * i + c] = image[3 * i + c] * (1 - share) + colour[c] * share;
  };
  // Stripes are still stripes in a picture of the page's size.
  const stripe = Math.max(8, Math.round(Math.max(width, height) / 32));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (truth[i] === IGNORED) {
        tint(i, ignoredColour, (x + y) % stripe < stripe / 2 ? 0.75 : 0.35);
        continue;
      }
      const colour = colourOf(i);
      if (!colour) continue;
      const edge =
        (x > 0 && !mask[i - 1]) ||
        (x < width - 1 && !mask[i + 1]) ||
        (y > 0 && !mask[i - width]) ||
        (y < height - 1 && !mask[i + width]);
      tint(i, colour, edge ? 0.9 : 0.35);
    }
  }
  return out;
}

async function encode(rgb: Uint8Array, width: number, height: number): Promise<string> {
  const picture = sharp(rgb, { raw: { width, height, channels: 3 } });
  if (Math.max(width, height) > longestSide) picture.resize({ width: longestSide, height: longestSide, fit: "inside" });
  const png = await picture.png({ compressionLevel: 9 }).toBuffer();
  return `data:image/png;base64,${png.toString("base64")}`;
}
