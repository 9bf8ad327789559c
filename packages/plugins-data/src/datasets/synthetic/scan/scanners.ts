/** How a scanner (with its laboratory's staining) turns densities into bytes. */
export interface Scanner {
  readonly name: string;
  /** Optical density of (R, G, B) per unit of haematoxylin; unit length. */
  readonly haematoxylin: readonly [number, number, number];
  readonly eosin: readonly [number, number, number];
  /** Strength of staining: factors of the two densities. */
  readonly strength: readonly [number, number];
  /** Transmitted light of empty glass, per channel, 0…1: gain and white balance. */
  readonly white: readonly [number, number, number];
  readonly gamma: number;
  /** Standard deviation of the optical blur, in field units. */
  readonly blur: number;
  /** Standard deviation of the sensor's noise, of 255. */
  readonly noise: number;
  /** Loss of light in the corners, 0…1. */
  readonly vignette: number;
  /** JPEG quality, 1…100. */
  readonly quality: number;
}

function unit(r: number, g: number, b: number): [number, number, number] {
  const length = Math.hypot(r, g, b);
  return [r / length, g / length, b / length];
}

export const scanners: readonly Scanner[] = [
  {
    name: "scanner-a",
    haematoxylin: unit(0.65, 0.7, 0.29),
    eosin: unit(0.1, 0.95, 0.28),
    strength: [1, 1],
    white: [0.965, 0.955, 0.97],
    gamma: 1,
    blur: 0.5,
    noise: 1.5,
    vignette: 0,
    quality: 90,
  },
  {
    name: "scanner-b",
    haematoxylin: unit(0.55, 0.78, 0.3),
    eosin: unit(0.05, 0.97, 0.22),
    strength: [0.85, 0.95],
    white: [1, 0.99, 1],
    gamma: 1.12,
    blur: 0.75,
    noise: 2.5,
    vignette: 0,
    quality: 82,
  },
  {
    name: "scanner-c",
    haematoxylin: unit(0.62, 0.68, 0.39),
    eosin: unit(0.16, 0.9, 0.4),
    strength: [1.05, 0.9],
    white: [0.82, 0.76, 0.77],
    gamma: 0.92,
    blur: 0.75,
    noise: 3,
    vignette: 0.18,
    quality: 75,
  },
  {
    name: "scanner-d",
    haematoxylin: unit(0.74, 0.62, 0.26),
    eosin: unit(0.14, 0.96, 0.2),
    strength: [0.75, 0.7],
    white: [0.93, 0.95, 0.99],
    gamma: 1.05,
    blur: 0.6,
    noise: 2,
    vignette: 0.05,
    quality: 88,
  },
  {
    name: "scanner-e",
    haematoxylin: unit(0.58, 0.74, 0.34),
    eosin: unit(0.06, 0.93, 0.36),
    strength: [1.2, 1.3],
    white: [0.97, 0.95, 0.93],
    gamma: 0.95,
    blur: 0.65,
    noise: 2,
    vignette: 0,
    quality: 85,
  },
  {
    name: "scanner-f",
    haematoxylin: unit(0.68, 0.66, 0.32),
    eosin: unit(0.2, 0.92, 0.33),
    strength: [0.9, 1.1],
    white: [0.9, 0.87, 0.8],
    gamma: 1.08,
    blur: 1.2,
    noise: 4,
    vignette: 0.1,
    quality: 60,
  },
];
