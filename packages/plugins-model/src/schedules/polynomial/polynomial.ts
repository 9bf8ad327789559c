import type { Schedule } from "@eosin/plugin-api/learning";
import type { PolynomialOptions } from "./options.js";

/** (1 − progress)^power, the "poly" rate of DeepLab (Chen et al., 2017). */
export function createPolynomial({ power }: PolynomialOptions): Schedule {
  return { factor: (progress) => (1 - progress) ** power };
}
