import type { Activation } from "@eosin/engine-kit";

export function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

export function activated(z: number, activation: Activation): number {
  if (activation === "relu") return Math.max(0, z);
  return activation === "silu" ? z * sigmoid(z) : z;
}

/** The activation's derivative at z. */
export function slope(z: number, activation: Activation): number {
  if (activation === "relu") return z > 0 ? 1 : 0;
  return activation === "silu" ? sigmoid(z) * (1 + z * (1 - sigmoid(z))) : 1;
}
