import type { Handle } from "../addon.js";
import type { Libtorch } from "../libtorch.js";
import type { GraphSupport, PassGraph } from "./graph-support.js";

export interface StandIn {
  readonly support: (torch: Libtorch) => GraphSupport;
  /** What was done so far. */
  readonly counts: { captures: number; replays: number; disposed: number };
}

/** What may be made to go wrong. */
export interface Faults {
  readonly lacks?: string;
  readonly shortage?: string;
  /** Behind the body, as where something could not be recorded. */
  readonly atEnd?: string;
  /** At this replay (from 1). */
  readonly replayFails?: number;
  /** From this replay on (from 1) the results are what the replay before gave. */
  readonly staleFrom?: number;
}

/**
 * Keeps the body in the place of recording kernels, and runs it again at each replay. As with a CUDA graph, the results
 * have no values before the first replay, and keep their place in memory.
 */
export function standInGraphs(faults: Faults = {}): StandIn {
  const counts = { captures: 0, replays: 0, disposed: 0 };
  const create = (torch: Libtorch): PassGraph => {
    let body: (() => readonly Handle[]) | undefined;
    let results: readonly Handle[] = [];
    return {
      capture(given) {
        body = given;
        results = given();
        for (const each of results) torch.addon.dispose(torch.call("fill_.Scalar", each, Number.NaN));
        if (faults.atEnd) throw new Error(faults.atEnd);
        counts.captures++;
        return results;
      },
      replay() {
        if (!body) throw new Error("nothing was captured");
        counts.replays++;
        if (counts.replays === faults.replayFails) throw new Error("unspecified launch failure");
        if (faults.staleFrom !== undefined && counts.replays >= faults.staleFrom) return;
        for (const [index, fresh] of body().entries()) {
          torch.addon.dispose(torch.call("copy_", results[index], fresh));
          torch.addon.dispose(fresh);
        }
      },
      dispose() {
        counts.disposed++;
      },
    };
  };
  const support = (torch: Libtorch): GraphSupport => ({
    lacks: faults.lacks,
    create: () => create(torch),
    shortage: () => faults.shortage,
  });
  return { support, counts };
}
