import type { Rng } from "@eosin/plugin-api";

const DIRECTIONS = 256;

export interface OutlineShape {
  readonly radius: number;
  /** 0: an ellipse; 0.3: lobed and ragged. */
  readonly irregularity: number;
  /** Longest over shortest axis, from 1 on. */
  readonly elongation: number;
  /** Direction of the longest axis, radians; at random where left out. */
  readonly tilt?: number;
}

/** A closed, star-shaped contour around a centre: the outline of a gland, a nest, a lumen. */
export class Outline {
  readonly x: number;
  readonly y: number;
  /** The largest distance of the contour from the centre. */
  readonly reach: number;
  readonly #radii = new Float32Array(DIRECTIONS + 1);

  constructor(x: number, y: number, shape: OutlineShape, rng: Rng) {
    this.x = x;
    this.y = y;
    const tilt = shape.tilt ?? rng.between(0, Math.PI);
    const stretch = Math.sqrt(shape.elongation);
    const waves = [2, 3, 4, 5, 6, 7, 9].map((count) => ({
      count,
      amplitude: (rng.normal() * shape.irregularity) / count ** 0.75,
      phase: rng.between(0, 2 * Math.PI),
    }));
    let reach = 0;
    for (let i = 0; i <= DIRECTIONS; i++) {
      const angle = (i / DIRECTIONS) * 2 * Math.PI;
      const c = Math.cos(angle - tilt) / stretch;
      const s = Math.sin(angle - tilt) * stretch;
      let factor = 1;
      for (const { count, amplitude, phase } of waves) factor += amplitude * Math.cos(count * angle + phase);
      this.#radii[i] = (shape.radius * Math.max(0.35, factor)) / Math.hypot(c, s);
      reach = Math.max(reach, this.#radii[i]);
    }
    this.reach = reach;
  }

  radiusAt(angle: number): number {
    const turn = angle / (2 * Math.PI);
    const place = (turn - Math.floor(turn)) * DIRECTIONS;
    const i = Math.floor(place);
    return this.#radii[i] + (this.#radii[i + 1] - this.#radii[i]) * (place - i);
  }

  /** How far inside the contour a place is, along its ray from the centre; negative outside. */
  depth(x: number, y: number): number {
    const dx = x - this.x;
    const dy = y - this.y;
    return this.radiusAt(Math.atan2(dy, dx)) - Math.hypot(dx, dy);
  }
}
