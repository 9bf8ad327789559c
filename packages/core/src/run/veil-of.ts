import type { Plan } from "../plan/plan.js";
import { Veil } from "../secrets/veil.js";

const veils = new WeakMap<Plan, Veil>();

/** Hides what this process's environment holds for the secret variables of a plan. */
export function veilOf(plan: Plan): Veil {
  const veil = veils.get(plan) ?? Veil.of(plan.secrets ?? [], process.env);
  veils.set(plan, veil);
  return veil;
}
