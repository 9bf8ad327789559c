import {
  deserializeError,
  type EosinError,
  isEosinError,
  type LookContext,
  type PluginModules,
} from "@eosin/plugin-api";
import type { SampleEntry } from "@eosin/plugin-api/imaging";
import { inParallel } from "@eosin/support/in-parallel";
import { Piscina } from "piscina";
import type { PairSource } from "../pairs/index-pairs.js";
import type { ReadingOptions } from "../pairs/reading-options.js";
import type { LookRecord } from "./look-record.js";
import type { LookReply, LookTask } from "./look-worker.js";
import { type LookedSample, withMaskAt } from "./looked-sample.js";

export interface SampleFault {
  readonly id: string;
  readonly error: EosinError;
}

export interface LookedSamples {
  /** In the order of the entries, without those at fault. */
  readonly records: readonly LookRecord[];
  readonly faults: readonly SampleFault[];
}

export interface SampleLookRequest {
  readonly entries: readonly SampleEntry[];
  readonly options: ReadingOptions;
  readonly modules: PluginModules;
  /** What is known of them already, by content. */
  readonly known: ReadonlyMap<string, LookRecord>;
  /** Gets each record that was not known as soon as it is there: also where the look is interrupted. */
  readonly onRecord?: (record: LookRecord) => void;
}

function placed(sample: LookedSample, { id, domain, source }: SampleEntry): LookedSample {
  return withMaskAt({ ...sample, id, domain }, (source as PairSource).mask ?? id);
}

/** Tasks that a thread holds, so that it need not wait for the next one. */
const TASKS_PER_THREAD = 4;

/**
 * Decodes every sample once, on as many threads as the step has; past every fault. Interrupted, it ends what is under way.
 * @throws the signal's reason
 */
export async function lookAtSamples(
  { entries, options, modules, known, onRecord }: SampleLookRequest,
  { threads, progress, signal }: Pick<LookContext, "threads" | "progress" | "signal">,
): Promise<LookedSamples> {
  const unknown = entries.filter(({ hash }) => !known.has(hash)).length;
  let pool: Piscina<LookTask, LookReply> | undefined;
  const open = () => {
    pool ??= new Piscina<LookTask, LookReply>({
      filename: new URL("./look-worker.js", import.meta.url).href,
      minThreads: 0,
      maxThreads: Math.min(threads, unknown),
      concurrentTasksPerWorker: TASKS_PER_THREAD,
      recordTiming: false,
    });
    return pool;
  };
  const started = performance.now();
  let done = 0;
  const look = async (entry: SampleEntry): Promise<LookRecord | SampleFault> => {
    const before = known.get(entry.hash);
    // Content is the same; where it is and what it is called may not be.
    if (before) return { ...before, sample: placed(before.sample, entry) };
    signal.throwIfAborted();
    const reply = await open().run({ entry, options, modules });
    done++;
    const seconds = (performance.now() - started) / 1000;
    progress({ unit: "patch", current: done, total: unknown, rate: { value: done / seconds, unit: "patches/s" } });
    if ("record" in reply) {
      onRecord?.(reply.record);
      return reply.record;
    }
    const error = deserializeError(reply.error);
    if (!isEosinError(error)) throw error;
    return { id: entry.id, error };
  };
  try {
    // No more than the threads hold: a task is copied when it is handed out, and none waits when the look is interrupted.
    // What is under way then is waited for: the answer of a thread that is gone would end this process, and its record is
    // of use to the next look.
    const looked = await inParallel(entries, threads * TASKS_PER_THREAD, look);
    return {
      records: looked.filter((each): each is LookRecord => "sample" in each),
      faults: looked.filter((each): each is SampleFault => "error" in each),
    };
  } finally {
    await pool?.destroy();
  }
}
