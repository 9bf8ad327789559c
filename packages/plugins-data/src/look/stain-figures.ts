import { type ComponentSpec, instantiate, type Logger, type PluginModules } from "@eosin/plugin-api";
import type { RgbImage, Separator, StainSeparation } from "@eosin/plugin-api/imaging";
import { resizeNearest } from "../resize/resize-nearest.js";
import { median } from "./median.js";

/** Optical density of a unit of stain in red, green and blue; of unit length. */
export type StainVector = readonly [red: number, green: number, blue: number];

/** The two stains of a picture, or why it has none to tell. */
export type StainFigures =
  | {
      /** Haematoxylin and eosin, or what the separator names. */
      readonly stains: readonly { readonly name: string; readonly vector: StainVector }[];
      /** Degrees between the first two stains. */
      readonly angle: number;
    }
  | { /** Completes "left out: …". */ readonly unsuitable: string };

/** What a look separates stains with, where its plugin is among the document's. */
export const lookSeparator: ComponentSpec<Separator> = {
  kind: "separator",
  uses: "stain/macenko-separator",
  plugin: "@eosin/plugins-stain",
  with: { form: "staintools" },
};

/** @returns Nothing where the plugin that defines the separator is not among the modules. */
export async function openSeparator(
  modules: PluginModules,
  log: Logger,
  spec: ComponentSpec<Separator> = lookSeparator,
): Promise<Separator | undefined> {
  if (spec.plugin === undefined || modules[spec.plugin] === undefined) return undefined;
  return instantiate(spec, { modules, log });
}

/** Longest side that stains are told from, in pixels. */
const longestSide = 128;

/**
 * Tells the stains from every n-th pixel of a larger picture. Pixels are picked, not averaged: the mean of two stains'
 * light is the light of neither, and the vectors would move towards each other.
 */
export function stainFigures(separator: Separator, image: RgbImage): StainFigures {
  const separation = separator.separate(sparse(image));
  if ("unsuitable" in separation) return { unsuitable: separation.unsuitable };
  const stains = separation.stains.map((name, i) => ({ name, vector: separation.matrix[i] }));
  return { stains, angle: angleBetween(separation) };
}

function sparse(image: RgbImage): RgbImage {
  const { width, height, data } = image;
  const scale = longestSide / Math.max(width, height);
  if (scale >= 1) return image;
  const toWidth = Math.max(1, Math.round(width * scale));
  const toHeight = Math.max(1, Math.round(height * scale));
  return { width: toWidth, height: toHeight, data: resizeNearest(data, width, height, 3, toWidth, toHeight) };
}

function angleBetween({ matrix: [a, b] }: StainSeparation): number {
  const along = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  return (Math.acos(Math.min(1, along / (Math.hypot(...a) * Math.hypot(...b)))) * 180) / Math.PI;
}

/** The median of each coordinate, made unit again. @param vectors At least one. */
export function medianVector(vectors: readonly StainVector[]): StainVector {
  const [red, green, blue] = [0, 1, 2].map((c) => median(vectors.map((vector) => vector[c])));
  const length = Math.hypot(red, green, blue) || 1;
  return [red / length, green / length, blue / length];
}
