import type { Activation } from "@eosin/engine-kit";
import type { Values } from "./kernel-fixture.test-support.js";

export function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

export function activated(z: number, activation: Activation): number {
  if (activation === "relu") return Math.max(0, z);
  if (activation === "relu6") return Math.min(6, Math.max(0, z));
  return activation === "silu" ? z * sigmoid(z) : z;
}

/** The activation's derivative at z. */
export function slope(z: number, activation: Activation): number {
  if (activation === "relu") return z > 0 ? 1 : 0;
  if (activation === "relu6") return z > 0 && z < 6 ? 1 : 0;
  return activation === "silu" ? sigmoid(z) * (1 + z * (1 - sigmoid(z))) : 1;
}

/** Scales and shifts for this activation: for ReLU6 so large that values end on both sides of 6. */
export const wide =
  (activation: Activation) =>
  ({ shape, data }: Values): Values => ({
    shape,
    data: activation === "relu6" ? data.map((value) => Math.fround(8 * value)) : data,
  });
