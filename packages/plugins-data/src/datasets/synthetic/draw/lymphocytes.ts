import type { Rng } from "@eosin/plugin-api";
import { type DensityCanvas, FIELD } from "./density-canvas.js";
import { drawNucleus } from "./nucleus.js";
import { Outline } from "./outline.js";
import { scatter } from "./scattering.js";
import type { ValueNoise } from "./value-noise.js";

/** Lymphocytes: small, round, dark and even nuclei with hardly any cytoplasm; the haematoxylin of tumour, not its structure. */
export function drawLymphocyteCluster(
  canvas: DensityCanvas,
  x: number,
  y: number,
  radius: number,
  noise: ValueNoise,
  rng: Rng,
): void {
  const outline = new Outline(x, y, { radius, irregularity: 0.22, elongation: rng.between(1, 2.4) }, rng);
  canvas.around(x, y, outline.reach + 6, (pixel, px, py) => {
    const depth = outline.depth(px, py);
    if (depth < -6 || canvas.occupied[pixel] === 1) return;
    const coverage = 0.75 * Math.min(1, (depth + 6) / 14);
    canvas.cover(pixel, coverage, 0.14 + 0.16 * noise.at(px / 4, py / 4), 0.2 + 0.2 * noise.at(px / 5 + 9, py / 5));
  });
  const places = scatter(
    Math.round((14 * outline.reach ** 2) / 12),
    rng.between(4, 5),
    (draw) => {
      const px = x + outline.reach * draw.between(-1.15, 1.15);
      const py = y + outline.reach * draw.between(-1.15, 1.15);
      // Dense in the middle, thinning out at the edge.
      return draw.uniform() < 0.08 + outline.depth(px, py) / 9 ? { x: px, y: py } : undefined;
    },
    rng,
  );
  for (const place of places) drawLymphocyte(canvas, place.x, place.y, noise, rng);
}

/** Single lymphocytes all over the stroma. */
export function drawScatteredLymphocytes(canvas: DensityCanvas, count: number, noise: ValueNoise, rng: Rng): void {
  for (let i = 0; i < count; i++) drawLymphocyte(canvas, rng.between(0, FIELD), rng.between(0, FIELD), noise, rng);
}

function drawLymphocyte(canvas: DensityCanvas, x: number, y: number, noise: ValueNoise, rng: Rng): void {
  if (canvas.isOccupied(x, y)) return;
  const radius = rng.between(2, 2.85);
  drawNucleus(
    canvas,
    {
      x,
      y,
      long: radius * rng.between(1, 1.2),
      short: radius * 0.96,
      angle: rng.between(0, Math.PI),
      density: rng.between(1.05, 1.85),
      coarseness: 0.15,
      nucleoli: 0,
      irregularity: 0.03,
    },
    noise,
    rng,
  );
}
