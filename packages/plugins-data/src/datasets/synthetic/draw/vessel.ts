import type { Rng } from "@eosin/plugin-api";
import { type DensityCanvas, smoothstep } from "./density-canvas.js";
import { drawNucleus } from "./nucleus.js";
import { Outline } from "./outline.js";
import { scatter } from "./scattering.js";
import type { ValueNoise } from "./value-noise.js";

/** A small vessel: a pink wall, flat endothelial nuclei, red cells in the lumen. */
export function drawVessel(
  canvas: DensityCanvas,
  x: number,
  y: number,
  radius: number,
  noise: ValueNoise,
  rng: Rng,
): void {
  const wall = rng.between(2, 5);
  const outline = new Outline(x, y, { radius, irregularity: 0.06, elongation: rng.between(1, 2.2) }, rng);
  canvas.around(x, y, outline.reach + wall + 1, (pixel, px, py) => {
    const depth = outline.depth(px, py);
    const layers = 0.5 + 0.25 * Math.sin(depth * 2.1 + 4 * noise.at(px / 8, py / 8));
    canvas.cover(pixel, 0.9 * smoothstep(-wall - 0.7, -wall + 0.7, depth), 0.08, layers);
    canvas.cover(pixel, smoothstep(-0.6, 0.6, depth), 0.01, 0.02);
    if (depth > -wall) canvas.occupied[pixel] = 1;
  });
  drawRedCells(canvas, outline, rng);
  for (let angle = rng.between(0, 1); angle < 2 * Math.PI; angle += rng.between(9, 16) / radius) {
    const edge = outline.radiusAt(angle) + 0.5;
    drawNucleus(
      canvas,
      {
        x: x + edge * Math.cos(angle),
        y: y + edge * Math.sin(angle),
        long: rng.between(2.8, 4),
        short: 1.1,
        angle: angle + Math.PI / 2,
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

function drawRedCells(canvas: DensityCanvas, outline: Outline, rng: Rng): void {
  const filled = rng.uniform();
  const places = scatter(
    Math.round(filled * 3 * outline.reach ** 2),
    4.1,
    (draw) => {
      const place = {
        x: outline.x + outline.reach * draw.between(-1, 1),
        y: outline.y + outline.reach * draw.between(-1, 1),
      };
      return outline.depth(place.x, place.y) > 2 ? place : undefined;
    },
    rng,
  );
  for (const { x, y } of places) {
    const radius = rng.between(2.1, 2.6);
    const density = rng.between(0.85, 1.15);
    canvas.around(x, y, radius + 1, (pixel, px, py) => {
      const distance = Math.hypot(px - x, py - y);
      const pallor = 1 - 0.25 * smoothstep(1.4, 0, distance);
      canvas.cover(pixel, smoothstep(radius + 0.5, radius - 0.5, distance), 0.03, density * pallor);
    });
  }
}
