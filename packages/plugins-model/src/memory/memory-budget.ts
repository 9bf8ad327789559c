import type { EngineIdentity } from "@eosin/plugin-api/learning";
import { machineMemory } from "@eosin/support/machine-memory";

/** Tensors leave gaps between them and the process needs memory too: only this share of a limit is planned with. */
const USABLE = 0.9;

export interface MemoryBudget {
  readonly bytes: number;
  /** Whose limit it is, for messages. */
  readonly of: string;
}

/**
 * What the tensors of a step may take: the engine's own limit, and for engines on the CPU the machine's memory (or the
 * container's). Memory that happens to be free at the moment plays no part, since the split of a batch depends on this.
 */
export function memoryBudget(identity: EngineIdentity, engineLimit: number | undefined): MemoryBudget {
  const host = machineMemory();
  if (engineLimit !== undefined && (identity.device !== "cpu" || engineLimit <= host)) {
    return { bytes: USABLE * engineLimit, of: `the engine ${identity.name}` };
  }
  return { bytes: USABLE * host, of: "this machine" };
}
