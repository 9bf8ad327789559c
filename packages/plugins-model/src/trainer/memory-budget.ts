import { totalmem } from "node:os";
import type { EngineIdentity } from "@eosin/plugin-api/learning";

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
  const host = Math.min(totalmem(), containerLimit());
  if (engineLimit !== undefined && (identity.device !== "cpu" || engineLimit <= host)) {
    return { bytes: USABLE * engineLimit, of: `the engine ${identity.name}` };
  }
  return { bytes: USABLE * host, of: "this machine" };
}

/** Bytes that a control group grants; infinite where there is none. */
function containerLimit(): number {
  const limit = process.constrainedMemory?.() ?? 0;
  return limit > 0 ? limit : Number.POSITIVE_INFINITY;
}

/** e.g. `3.6 GiB` */
export function formatBytes(bytes: number): string {
  if (bytes >= 2 ** 30) return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  return `${Math.ceil(bytes / 2 ** 20)} MiB`;
}
