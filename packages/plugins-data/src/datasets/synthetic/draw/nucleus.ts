import type { Rng } from "@eosin/plugin-api";
import { type DensityCanvas, smoothstep } from "./density-canvas.js";
import type { ValueNoise } from "./value-noise.js";

export interface Nucleus {
  readonly x: number;
  readonly y: number;
  /** Half axes. */
  readonly long: number;
  readonly short: number;
  readonly angle: number;
  /** Haematoxylin density of its body. */
  readonly density: number;
  /** 0: chromatin spread evenly (lymphocyte); 1: coarse clumps, a dark rim and pale gaps (vesicular, malignant). */
  readonly coarseness: number;
  readonly nucleoli: number;
  /** 0: an ellipse; 0.2: notched and angular. */
  readonly irregularity: number;
}

/** Draws a nucleus: a membrane that is darker than the chromatin within, clumps, nucleoli. */
export function drawNucleus(canvas: DensityCanvas, nucleus: Nucleus, noise: ValueNoise, rng: Rng): void {
  const { x, y, long, short, angle, density, coarseness, irregularity } = nucleus;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const phase = rng.between(0, 2 * Math.PI);
  const clumpX = rng.between(0, 60);
  const clumpY = rng.between(0, 60);
  const nucleoli = Array.from({ length: nucleus.nucleoli }, () => {
    const direction = rng.between(0, 2 * Math.PI);
    const out = 0.5 * Math.sqrt(rng.uniform());
    return { u: out * Math.cos(direction), v: out * Math.sin(direction), radius: rng.between(0.9, 1.4) };
  });
  canvas.around(x, y, long * (1 + irregularity) + 1.5, (pixel, px, py) => {
    const u = ((px - x) * cos + (py - y) * sin) / long;
    const v = ((py - y) * cos - (px - x) * sin) / short;
    const direction = Math.atan2(v, u);
    const edge = 1 + irregularity * (0.6 * Math.cos(3 * direction + phase) + 0.4 * Math.cos(5 * direction - phase));
    const inside = (edge - Math.hypot(u, v)) * short;
    const coverage = smoothstep(-0.55, 0.55, inside);
    if (coverage === 0) return;
    const clumps = noise.rough(px / 1.9 + clumpX, py / 1.9 + clumpY) - 0.5;
    const rim = smoothstep(1.5, 0.2, inside);
    let chromatin = density * (1 + coarseness * (1.1 * clumps + 0.45 * rim - 0.28) + 0.25 * clumps);
    for (const spot of nucleoli) {
      const distance = Math.hypot((u - spot.u) * long, (v - spot.v) * short);
      chromatin += 0.75 * density * smoothstep(spot.radius + 0.5, spot.radius - 0.5, distance);
    }
    canvas.cover(pixel, coverage, Math.max(0.1, chromatin), 0.22);
  });
}
