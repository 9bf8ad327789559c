import type { Rng } from "@eosin/plugin-api";
import { type DensityCanvas, smoothstep } from "./density-canvas.js";
import { drawNucleus } from "./nucleus.js";
import { Outline } from "./outline.js";
import type { ValueNoise } from "./value-noise.js";

export interface EpitheliumLook {
  readonly nuclearDensity: number;
  readonly cytoplasmHaematoxylin: number;
  readonly cytoplasmEosin: number;
}

/** A normal gland: round, an open lumen, one row of even, oval nuclei at the base, flat myoepithelium around. */
export function drawNormalGland(
  canvas: DensityCanvas,
  x: number,
  y: number,
  radius: number,
  look: EpitheliumLook,
  noise: ValueNoise,
  rng: Rng,
): void {
  const outline = new Outline(x, y, { radius, irregularity: 0.035, elongation: rng.between(1, 1.5) }, rng);
  const wall = Math.min(rng.between(11, 14), radius * 0.72);
  const secretion = rng.chance(0.4) ? rng.between(0.08, 0.3) : 0.02;
  canvas.around(x, y, outline.reach + 5, (pixel, px, py) => {
    const depth = outline.depth(px, py);
    if (depth > -3.5 && depth < 0.5) {
      // Basement membrane and a sheath of dense collagen.
      canvas.cover(pixel, 0.7 * smoothstep(-3.5, -1, depth), 0.08, 0.62);
    }
    const inside = smoothstep(-0.6, 0.6, depth);
    if (inside === 0) return;
    const grain = 0.75 + 0.5 * noise.rough(px / 3.2, py / 3.2);
    const apical = smoothstep(wall * 0.35, wall, depth);
    canvas.cover(
      pixel,
      inside,
      look.cytoplasmHaematoxylin * grain * (1 - 0.4 * apical),
      look.cytoplasmEosin * grain * (0.85 + 0.45 * apical),
    );
    const lumen = smoothstep(wall - 0.8, wall + 0.8, depth + 1.6 * (noise.at(px / 5, py / 5) - 0.5));
    canvas.cover(pixel, lumen, 0.015, secretion * (0.6 + 0.8 * noise.at(px / 6, py / 6)));
    canvas.occupied[pixel] = 1;
  });
  drawBasalRow(canvas, outline, look, noise, rng);
}

function drawBasalRow(
  canvas: DensityCanvas,
  outline: Outline,
  look: EpitheliumLook,
  noise: ValueNoise,
  rng: Rng,
): void {
  let angle = rng.between(0, 1);
  const end = angle + 2 * Math.PI;
  while (angle < end - 0.1) {
    const radius = outline.radiusAt(angle);
    const base = radius - 4.8 + rng.normal(0, 0.35);
    drawNucleus(
      canvas,
      {
        x: outline.x + base * Math.cos(angle),
        y: outline.y + base * Math.sin(angle),
        long: rng.between(3.3, 4),
        short: rng.between(2.2, 2.6),
        angle: angle + rng.normal(0, 0.12),
        density: look.nuclearDensity * rng.between(0.92, 1.08),
        coarseness: 0.3,
        nucleoli: 0,
        irregularity: 0.02,
      },
      noise,
      rng,
    );
    angle += rng.between(5.6, 6.6) / base;
  }
  for (let i = 0; i < outline.reach / 3; i++) {
    const around = rng.between(0, 2 * Math.PI);
    const radius = outline.radiusAt(around) + 0.6;
    drawNucleus(
      canvas,
      {
        x: outline.x + radius * Math.cos(around),
        y: outline.y + radius * Math.sin(around),
        long: rng.between(3, 4.4),
        short: rng.between(0.9, 1.2),
        angle: around + Math.PI / 2,
        density: rng.between(0.9, 1.3),
        coarseness: 0.1,
        nucleoli: 0,
        irregularity: 0,
      },
      noise,
      rng,
    );
  }
}
