import type { Rng } from "@eosin/plugin-api";
import { type DensityCanvas, smoothstep } from "./density-canvas.js";
import type { EpitheliumLook } from "./normal-gland.js";
import { drawNucleus } from "./nucleus.js";
import { Outline } from "./outline.js";
import { scatter } from "./scattering.js";
import type { ValueNoise } from "./value-noise.js";

export interface TumourLook extends EpitheliumLook {
  /** Mean nuclear radius; normal nuclei have about 3. */
  readonly nuclearRadius: number;
  /** Spread of nuclear sizes and densities, as a share of the mean. */
  readonly pleomorphism: number;
}

export type TumourPattern = "solid" | "cribriform" | "glandular";

export interface TumourNest {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly pattern: TumourPattern;
  /** Longest over shortest axis. */
  readonly elongation: number;
  /** Direction of the longest axis, radians. */
  readonly tilt: number;
}

/** Lumens that are larger than this (radius) are left out of the mask, as an annotator would. */
const MASKED_OUT_LUMEN = 7;

/** Tumour epithelium: a ragged outline, crowded nuclei without order, unequal and vesicular, lumens that are slits or holes. */
export function drawTumour(
  canvas: DensityCanvas,
  nest: TumourNest,
  look: TumourLook,
  noise: ValueNoise,
  rng: Rng,
): void {
  const { x, y, radius, pattern } = nest;
  const outline = new Outline(x, y, { ...nest, irregularity: 0.18 }, rng);
  const lumens = lumensOf(outline, pattern, radius, rng);
  const raggedX = rng.between(0, 60);
  const depthAt = (px: number, py: number) => outline.depth(px, py) + 5 * (noise.rough(px / 9 + raggedX, py / 9) - 0.5);
  const cleft = rng.chance(0.45) ? rng.between(1.5, 4) : 0;
  canvas.around(x, y, outline.reach + 8, (pixel, px, py) => {
    const depth = depthAt(px, py);
    if (cleft > 0 && depth < 0.5) {
      // Tissue shrinks away from the nest while it is processed: a white crescent along part of the outline.
      const width = cleft * (2.6 * noise.at(px / 24 + raggedX, py / 24 + 7) - 0.9);
      if (width > 0) canvas.cover(pixel, 0.95 * smoothstep(-width - 0.7, -width + 0.7, depth), 0.01, 0.02);
    }
    const inside = smoothstep(-0.6, 0.6, depth);
    if (inside === 0) return;
    const grain = 0.7 + 0.6 * noise.rough(px / 2.6, py / 2.6);
    const field = 0.8 + 0.4 * noise.at(px / 30 + 11, py / 30);
    canvas.cover(pixel, inside, look.cytoplasmHaematoxylin * grain * field, look.cytoplasmEosin * grain);
    canvas.occupied[pixel] = 1;
    if (depth > 0) canvas.tumour[pixel] = 1;
  });
  drawAtypicalNuclei(canvas, outline, depthAt, lumens, look, noise, rng);
  for (const lumen of lumens) drawLumen(canvas, lumen, noise, rng);
}

function lumensOf(outline: Outline, pattern: TumourPattern, radius: number, rng: Rng): Outline[] {
  if (pattern === "glandular") {
    const inner = radius * rng.between(0.3, 0.5);
    return [
      new Outline(outline.x, outline.y, { radius: inner, irregularity: 0.28, elongation: rng.between(1.2, 2.6) }, rng),
    ];
  }
  const gap = pattern === "cribriform" ? 17 : 40;
  const tries = pattern === "cribriform" ? 120 : 4;
  const propose = (draw: Rng) => {
    const angle = draw.between(0, 2 * Math.PI);
    const out = outline.radiusAt(angle) * Math.sqrt(draw.uniform());
    if (outline.radiusAt(angle) - out < 12) return undefined;
    return { x: outline.x + out * Math.cos(angle), y: outline.y + out * Math.sin(angle) };
  };
  return scatter(tries, gap, propose, rng).map(({ x, y }) => {
    const size = pattern === "cribriform" ? rng.between(3, 7) : rng.between(1.5, 3.5);
    return new Outline(x, y, { radius: size, irregularity: 0.1, elongation: rng.between(1, 1.8) }, rng);
  });
}

function drawAtypicalNuclei(
  canvas: DensityCanvas,
  outline: Outline,
  depthAt: (x: number, y: number) => number,
  lumens: readonly Outline[],
  look: TumourLook,
  noise: ValueNoise,
  rng: Rng,
): void {
  const { nuclearRadius, pleomorphism } = look;
  const area = (2 * outline.reach) ** 2;
  const places = scatter(
    Math.round((6 * area) / nuclearRadius ** 2),
    nuclearRadius * 1.9,
    (draw) => {
      const x = outline.x + outline.reach * draw.between(-1, 1);
      const y = outline.y + outline.reach * draw.between(-1, 1);
      if (depthAt(x, y) < nuclearRadius * 0.8) return undefined;
      return lumens.some((each) => each.depth(x, y) > -nuclearRadius * 0.9) ? undefined : { x, y };
    },
    rng,
  );
  for (const { x, y } of places) {
    const radius = nuclearRadius * Math.min(1.7, Math.max(0.65, 1 + pleomorphism * rng.normal()));
    const aspect = rng.between(1, 1.5);
    drawNucleus(
      canvas,
      {
        x,
        y,
        long: radius * Math.sqrt(aspect),
        short: radius / Math.sqrt(aspect),
        angle: rng.between(0, Math.PI),
        density: look.nuclearDensity * Math.max(0.5, 1 + 0.8 * pleomorphism * rng.normal()),
        coarseness: rng.between(0.6, 1),
        nucleoli: rng.integer(3),
        irregularity: rng.between(0.04, 0.14),
      },
      noise,
      rng,
    );
  }
}

function drawLumen(canvas: DensityCanvas, lumen: Outline, noise: ValueNoise, rng: Rng): void {
  const secretion = rng.chance(0.35) ? rng.between(0.1, 0.35) : 0.03;
  const unmasked = lumen.reach > MASKED_OUT_LUMEN;
  canvas.around(lumen.x, lumen.y, lumen.reach + 1, (pixel, px, py) => {
    const depth = lumen.depth(px, py) + 1.4 * (noise.at(px / 3, py / 3) - 0.5);
    const inside = smoothstep(-0.7, 0.7, depth);
    if (inside === 0) return;
    canvas.cover(pixel, inside, 0.02, secretion * (0.5 + noise.at(px / 5, py / 5)));
    if (unmasked && depth > 0) canvas.tumour[pixel] = 0;
  });
}
