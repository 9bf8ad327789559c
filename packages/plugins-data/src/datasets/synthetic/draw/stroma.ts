import type { Rng } from "@eosin/plugin-api";
import { type DensityCanvas, FIELD } from "./density-canvas.js";
import { drawNucleus } from "./nucleus.js";
import { scatter } from "./scattering.js";
import type { ValueNoise } from "./value-noise.js";

export interface Stroma {
  /** Direction of the fibres at a place, radians. */
  directionAt(x: number, y: number): number;
}

/** Collagen: wavy eosin fibres along a bending direction, with pale gaps between bundles; some fields are bluish (myxoid). */
export function drawStroma(canvas: DensityCanvas, noise: ValueNoise, rng: Rng): Stroma {
  const main = rng.between(0, Math.PI);
  const eosin = rng.between(0.36, 0.62);
  const blue = rng.chance(0.4) ? rng.between(0.14, 0.3) : rng.between(0.03, 0.1);
  const looseness = rng.between(0.05, 0.55);
  const cos = Math.cos(main);
  const sin = Math.sin(main);
  const bend = rng.between(16, 34);
  const bendAt = (x: number, y: number) => bend * (noise.rough(x / 70 + 3, y / 70 + 9) - 0.5) * 2;
  canvas.everywhere((pixel, x, y) => {
    const along = x * cos + y * sin;
    const across = y * cos - x * sin + bendAt(x, y) + 2.2 * Math.sin(along / 7 + 6 * noise.at(x / 30, y / 30));
    const bundle = noise.at(along / 46, across / 8.5);
    const fibre = noise.at(along / 26 + 20, across / 2.6);
    const strand = noise.at(along / 15 + 40, across / 1.2);
    const gap = Math.max(0, bundle * 0.6 + fibre * 0.4 - (1 - looseness)) / Math.max(looseness, 0.05);
    const grain = noise.at(x / 0.9 + 8, y / 0.9 + 31) - 0.5;
    const fine = 0.45 * (fibre - 0.5) + 0.45 * (strand - 0.5) + 0.22 * grain;
    const body = (0.55 + 0.5 * bundle + fine) * (1 - Math.min(1, gap * 1.7));
    canvas.eosin[pixel] = Math.max(0.01, eosin * body);
    canvas.haematoxylin[pixel] = blue * (0.5 + 0.7 * noise.at(x / 12, y / 12 + 30)) * Math.max(0.15, body);
  });
  const directionAt = (x: number, y: number) => {
    const gx = (bendAt(x + 2, y) - bendAt(x - 2, y)) / 4;
    const gy = (bendAt(x, y + 2) - bendAt(x, y - 2)) / 4;
    // Fibres run where `across` is constant: at right angles to its gradient.
    return Math.atan2(cos + gy, gx - sin) - Math.PI / 2;
  };
  return { directionAt };
}

/** Fibroblasts: spindle nuclei along the fibres, only in stroma. */
export function drawFibroblasts(
  canvas: DensityCanvas,
  stroma: Stroma,
  cellularity: number,
  noise: ValueNoise,
  rng: Rng,
): void {
  const places = scatter(
    Math.round(260 * cellularity),
    7,
    (draw) => ({ x: draw.between(-4, FIELD + 4), y: draw.between(-4, FIELD + 4) }),
    rng,
  );
  for (const { x, y } of places) {
    if (canvas.isOccupied(x, y)) continue;
    const plump = rng.uniform();
    drawNucleus(
      canvas,
      {
        x,
        y,
        long: rng.between(3, 7.8),
        short: 1.1 + 1.3 * plump * plump,
        angle: stroma.directionAt(x, y) + rng.normal(0, 0.2),
        density: rng.between(0.75, 1.35),
        coarseness: 0.25,
        nucleoli: 0,
        irregularity: 0.05,
      },
      noise,
      rng,
    );
  }
}
