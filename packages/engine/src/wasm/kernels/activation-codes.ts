import type { Activation } from "../../ops/kernel-signatures.js";

/** The numbers of `assembly/activation.ts`. */
export const activationCodes: Readonly<Record<Activation, number>> = { none: 0, relu: 1, silu: 2 };
