import type { Rng } from "@eosin/plugin-api";
import { type DensityCanvas, smoothstep } from "./density-canvas.js";
import { drawNucleus } from "./nucleus.js";
import { Outline } from "./outline.js";
import { scatter } from "./scattering.js";
import type { ValueNoise } from "./value-noise.js";

/** Adipose tissue: empty round cells between thin pink walls, here and there a flat nucleus. */
export function drawFat(
  canvas: DensityCanvas,
  x: number,
  y: number,
  radius: number,
  noise: ValueNoise,
  rng: Rng,
): void {
  const cell = rng.between(15, 22);
  const region = new Outline(x, y, { radius, irregularity: 0.15, elongation: rng.between(1, 1.6) }, rng);
  const places = scatter(
    400,
    cell * 1.75,
    (draw) => {
      const place = { x: x + radius * draw.between(-1.3, 1.3), y: y + radius * draw.between(-1.3, 1.3) };
      return region.depth(place.x, place.y) > 0 ? place : undefined;
    },
    rng,
  );
  for (const place of places) {
    const outline = new Outline(
      place.x,
      place.y,
      { radius: cell, irregularity: 0.05, elongation: rng.between(1, 1.25) },
      rng,
    );
    canvas.around(place.x, place.y, outline.reach + 3, (pixel, px, py) => {
      const depth = outline.depth(px, py);
      const wall = smoothstep(-2, -0.6, depth) * (1 - smoothstep(0.2, 1.2, depth));
      canvas.cover(pixel, 0.8 * wall, 0.06, 0.4);
      canvas.cover(pixel, smoothstep(0.1, 1.3, depth), 0.005, 0.012);
      if (depth > 0) canvas.occupied[pixel] = 1;
    });
    if (!rng.chance(0.35)) continue;
    const angle = rng.between(0, 2 * Math.PI);
    const edge = outline.radiusAt(angle);
    drawNucleus(
      canvas,
      {
        x: place.x + edge * Math.cos(angle),
        y: place.y + edge * Math.sin(angle),
        long: 4,
        short: 1.1,
        angle: angle + Math.PI / 2,
        density: rng.between(0.9, 1.2),
        coarseness: 0.1,
        nucleoli: 0,
        irregularity: 0,
      },
      noise,
      rng,
    );
  }
}
