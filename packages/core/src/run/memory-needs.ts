import { estimateKey } from "../plan/estimate-instance.js";
import type { Plan, PlanInstance } from "../plan/plan.js";
import type { Resources } from "./slots.js";

/** How many instances are asked for at once: the first may start while later ones are asked for. */
const mostAtOnce = 100;

/** Asks for the memory of instances in bytes, by id; one that cannot be told is left out. */
export type AskMemory = (instances: readonly string[]) => Promise<ReadonlyMap<string, number>>;

/**
 * What instances take of the machine, with the memory that their components estimate. Only those that are to run are
 * asked for, and of those that need the same only one.
 */
export class MemoryNeeds {
  readonly #plan: Plan;
  readonly #ask: AskMemory;
  /** Of all that were asked for: bytes, or nothing where they cannot be told. */
  readonly #bytes = new Map<string, number | undefined>();
  #asking: Promise<void> | undefined;

  constructor(plan: Plan, ask: AskMemory) {
    this.#plan = plan;
    this.#ask = ask;
  }

  /** Begins to ask for those of these instances whose memory is open. */
  learn(waiting: readonly PlanInstance[]): void {
    const open = waiting.filter(({ id, estimates }) => estimates && !this.#bytes.has(id));
    if (open.length === 0 || this.#asking) return;
    this.#asking = this.#estimate(open.slice(0, mostAtOnce)).finally(() => {
      this.#asking = undefined;
    });
  }

  /** What was begun and is not over. */
  get underway(): readonly Promise<void>[] {
    return this.#asking ? [this.#asking] : [];
  }

  /** @returns Nothing while the answer is under way. */
  of({ id, resources, estimates }: PlanInstance): Resources | undefined {
    if (!estimates) return resources;
    return this.#bytes.has(id) ? { ...resources, memoryBytes: this.#bytes.get(id) } : undefined;
  }

  async #estimate(instances: readonly PlanInstance[]): Promise<void> {
    /** What they need → the first of those that need it. */
    const first = new Map<string, string>();
    const likeOf = instances.map((instance): readonly [string, string] => {
      const key = estimateKey(this.#plan, instance);
      const like = first.get(key) ?? instance.id;
      first.set(key, like);
      return [instance.id, like];
    });
    // A process that cannot be started must not end the run.
    const told = await this.#ask([...first.values()]).catch(() => new Map<string, number>());
    for (const [id, like] of likeOf) this.#bytes.set(id, told.get(like));
  }
}
