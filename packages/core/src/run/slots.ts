import { availableParallelism } from "node:os";
import { machineMemory } from "@eosin/support/machine-memory";
import type { PlanInstance } from "../plan/plan.js";

export interface Capacity {
  readonly jobs: number;
  readonly threads: number;
  readonly memoryBytes: number;
}

export function thisMachine(jobs: number): Capacity {
  return { jobs, threads: availableParallelism(), memoryBytes: machineMemory() };
}

export type Resources = PlanInstance["resources"];

/** What is taken of a machine. Resources decide when an instance starts, never what it computes. */
export class Slots {
  readonly #capacity: Capacity;
  readonly #taken = new Set<Resources>();

  constructor(capacity: Capacity) {
    this.#capacity = capacity;
  }

  /** An instance that alone is too large for the machine may still run alone. */
  fits(need: Resources): boolean {
    const { jobs, threads, memoryBytes } = this.#capacity;
    const taken = [...this.#taken];
    if (taken.length === 0) return true;
    return (
      taken.length < jobs &&
      sum(taken, (each) => each.threads) + need.threads <= threads &&
      sum(taken, (each) => each.memoryBytes ?? 0) + (need.memoryBytes ?? 0) <= memoryBytes &&
      !(need.device === "gpu" && taken.some(({ device }) => device === "gpu"))
    );
  }

  /** @returns What gives it back. */
  take(need: Resources): () => void {
    const taken = { ...need };
    this.#taken.add(taken);
    return () => this.#taken.delete(taken);
  }
}

function sum(items: readonly Resources[], of: (item: Resources) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
