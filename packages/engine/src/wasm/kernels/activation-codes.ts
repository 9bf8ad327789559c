import type { Activation } from "@eosin/engine-kit";

/** The numbers of `assembly/activation.ts`. */
export const activationCodes: Readonly<Record<Activation, number>> = {
  none: 0,
  relu: 1,
  silu: 2,
  relu6: 3,
};
