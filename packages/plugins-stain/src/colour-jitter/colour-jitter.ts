import type { Augmenter } from "@eosin/plugin-api/imaging";
import type { z } from "zod";
import { luma } from "../colour/grey.js";
import { hsvToRgb, rgbToHsv } from "../colour/hsv.js";
import type { colourJitterOptions } from "./definition.js";

/** Changes 8-bit RGB in place. */
type Operation = (rgb: Uint8Array) => void;

/**
 * Brightness, contrast, saturation and hue as torchvision and Albumentations define them, in an order that is drawn,
 * each on the 8-bit result of the one before. Density targets stay as they are.
 */
export function createColourJitter(options: z.output<typeof colourJitterOptions>): Augmenter {
  return {
    apply(sample, rng) {
      if (!rng.chance(options.p)) return sample;
      const { width, height, data: source } = sample.image;
      const operations = [
        scaleBrightness(rng.between(...options.brightness)),
        scaleContrast(rng.between(...options.contrast)),
        scaleSaturation(rng.between(...options.saturation)),
        turnHue(rng.between(-options.hue, options.hue)),
      ];
      const data = source.slice();
      for (const operation of rng.shuffle(operations)) operation(data);
      return { ...sample, image: { width, height, data } };
    },
  };
}

export function scaleBrightness(factor: number): Operation {
  return (rgb) => mapLevels(rgb, (v) => v * factor);
}

export function scaleContrast(factor: number): Operation {
  return (rgb) => {
    let sum = 0;
    for (let i = 0; i + 2 < rgb.length; i += 3) sum += luma(rgb[i], rgb[i + 1], rgb[i + 2]);
    const mean = Math.round((3 * sum) / rgb.length);
    mapLevels(rgb, (v) => mean + (v - mean) * factor);
  };
}

export function scaleSaturation(factor: number): Operation {
  return (rgb) => {
    for (let i = 0; i + 2 < rgb.length; i += 3) {
      const grey = luma(rgb[i], rgb[i + 1], rgb[i + 2]);
      rgb[i] = byte(grey + (rgb[i] - grey) * factor);
      rgb[i + 1] = byte(grey + (rgb[i + 1] - grey) * factor);
      rgb[i + 2] = byte(grey + (rgb[i + 2] - grey) * factor);
    }
  };
}

/** @param turns 1 is a full circle. */
export function turnHue(turns: number): Operation {
  const shift = Math.round(turns * 180);
  return (rgb) => {
    if (shift === 0) return;
    rgbToHsv(rgb, rgb);
    for (let i = 0; i < rgb.length; i += 3) rgb[i] = (rgb[i] + shift + 180) % 180;
    hsvToRgb(rgb, rgb);
  };
}

function mapLevels(rgb: Uint8Array, level: (v: number) => number): void {
  const map = Uint8Array.from({ length: 256 }, (_, v) => byte(level(v)));
  for (let i = 0; i < rgb.length; i++) rgb[i] = map[rgb[i]];
}

function byte(value: number): number {
  return Math.round(Math.max(0, Math.min(255, value)));
}
