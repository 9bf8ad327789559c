import type { Rng } from "@eosin/plugin-api";
import { DensityCanvas, FIELD } from "./draw/density-canvas.js";
import { drawFat } from "./draw/fat.js";
import { drawLymphocyteCluster, drawScatteredLymphocytes } from "./draw/lymphocytes.js";
import { drawNormalGland, type EpitheliumLook } from "./draw/normal-gland.js";
import type { Place } from "./draw/scattering.js";
import { drawFibroblasts, drawStroma, type Stroma } from "./draw/stroma.js";
import { drawTumour, type TumourLook, type TumourNest, type TumourPattern } from "./draw/tumour.js";
import { ValueNoise } from "./draw/value-noise.js";
import { drawVessel } from "./draw/vessel.js";

export interface Difficulty {
  /** Share of patches without tumour, 0…1. */
  readonly tumourFree: number;
  /** How many lymphocyte clusters and normal glands are beside the tumour; 1 is the default crowd. */
  readonly confounders: number;
  /** How unlike normal nuclei those of tumour are, 0…1: size, pleomorphism. */
  readonly atypia: number;
}

/** Draws one patch: which tissue is where, by chance. */
export function composePatch(size: number, difficulty: Difficulty, rng: Rng): DensityCanvas {
  const canvas = new DensityCanvas(size);
  const noise = new ValueNoise(rng.fork("noise"));
  const stroma = drawStroma(canvas, noise, rng.fork("stroma"));
  const plan = rng.fork("plan");
  const hasTumour = !plan.chance(difficulty.tumourFree);
  const scene = hasTumour ? TUMOUR_SCENES[plan.integer(TUMOUR_SCENES.length)] : 4;
  const spots = new Spots(rng.fork("spots"));

  const tumour = rng.fork("tumour");
  const tumourLook = tumourLookOf(difficulty.atypia, tumour);
  const normalLook = normalLookOf(rng.fork("normal-look"));
  const nests = hasTumour ? nestsOf(scene, spots, stroma, tumour) : [];

  if (plan.chance(0.25))
    place(spots, plan.between(34, 60), (x, y, r) => drawFat(canvas, x, y, r, noise, rng.fork("fat")));
  if (plan.chance(0.4)) {
    place(spots, plan.between(7, 14), (x, y, r) => drawVessel(canvas, x, y, r, noise, rng.fork("vessel")));
  }
  const glands = Math.round(difficulty.confounders * (scene === 4 ? plan.between(4, 8) : plan.between(1, 5.4)));
  for (let i = 0; i < glands; i++) {
    place(spots, plan.between(17, 27), (x, y, r) =>
      drawNormalGland(canvas, x, y, r - 2, normalLook, noise, rng.fork("gland", i)),
    );
  }
  nests.forEach((nest, i) => {
    drawTumour(canvas, nest, tumourLook, noise, rng.fork("nest", i));
  });
  drawFibroblasts(canvas, stroma, plan.between(0.35, 1), noise, rng.fork("fibroblasts"));
  const clusters = Math.round(difficulty.confounders * plan.between(0.8, 4.4));
  for (let i = 0; i < clusters; i++) {
    const at = rng.fork("cluster", i);
    drawLymphocyteCluster(canvas, at.between(0, FIELD), at.between(0, FIELD), at.between(18, 42), noise, at);
  }
  drawScatteredLymphocytes(canvas, Math.round(plan.between(0, 50)), noise, rng.fork("lymphocytes"));
  return canvas;
}

const TUMOUR_SCENES = [0, 0, 1, 1, 2, 2, 3];

/** Where tumour is: 0 a few nests, 1 a sheet, 2 glands, 3 many small nests. */
function nestsOf(scene: number, spots: Spots, stroma: Stroma, rng: Rng): TumourNest[] {
  const patterns: TumourPattern[] =
    scene === 2 ? ["glandular", "glandular", "cribriform"] : ["solid", "cribriform", "solid"];
  const [count, low, high] = [
    [2, 30, 46],
    [1, 64, 84],
    [4, 24, 38],
    [9, 13, 22],
  ][scene];
  const nests: TumourNest[] = [];
  for (let i = 0; i < count + (scene === 1 ? 0 : rng.integer(3)); i++) {
    const radius = rng.between(low, high);
    const pattern = radius < 18 ? "solid" : patterns[rng.integer(3)];
    // Small nests run along the fibres, as cords.
    const elongation = radius < 18 ? rng.between(1.4, 3) : rng.between(1, 1.9);
    place(spots, radius, (x, y) => {
      const tilt = radius < 18 ? stroma.directionAt(x, y) : rng.between(0, Math.PI);
      nests.push({ x, y, radius, pattern, elongation, tilt });
    });
  }
  return nests;
}

function tumourLookOf(atypia: number, rng: Rng): TumourLook {
  return {
    nuclearDensity: rng.between(0.72, 1.22),
    cytoplasmHaematoxylin: rng.between(0.08, 0.26),
    cytoplasmEosin: rng.between(0.24, 0.52),
    nuclearRadius: 3.1 + atypia * rng.between(1.2, 2.6),
    pleomorphism: 0.08 + 0.2 * atypia * rng.between(0.7, 1.2),
  };
}

function normalLookOf(rng: Rng): EpitheliumLook {
  return {
    nuclearDensity: rng.between(0.95, 1.35),
    cytoplasmHaematoxylin: rng.between(0.12, 0.26),
    cytoplasmEosin: rng.between(0.28, 0.48),
  };
}

/** Hands out discs that do not overlap much; some reach over the patch's edge. */
class Spots {
  readonly #rng: Rng;
  readonly #taken: { x: number; y: number; radius: number }[] = [];

  constructor(rng: Rng) {
    this.#rng = rng;
  }

  take(radius: number): Place | undefined {
    for (let i = 0; i < 40; i++) {
      const x = this.#rng.between(0, FIELD);
      const y = this.#rng.between(0, FIELD);
      if (this.#taken.some((each) => Math.hypot(each.x - x, each.y - y) < each.radius + radius + 3)) continue;
      this.#taken.push({ x, y, radius });
      return { x, y };
    }
    return undefined;
  }
}

function place(spots: Spots, radius: number, draw: (x: number, y: number, radius: number) => void): void {
  const spot = spots.take(radius);
  if (spot) draw(spot.x, spot.y, radius);
}
