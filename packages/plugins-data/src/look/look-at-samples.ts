import {
  deserializeError,
  type EosinError,
  isEosinError,
  type LookContext,
  type PluginModules,
  type SerializedError,
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
const TASKS_PER_THREAD = 2;

/** A message costs as much as a twentieth of a patch: a task is of several samples, but for few samples of each thread. */
const SAMPLES_PER_TASK = 4;
const LEAST_TASKS_OF_THREAD = 16;

/**
 * Decodes every sample once, on as many threads as the step has; past every fault. Interrupted, it ends what is under way.
 * @throws the signal's reason
 */
export async function lookAtSamples(
  { entries, options, modules, known, onRecord }: SampleLookRequest,
  { threads, progress, signal }: Pick<LookContext, "threads" | "progress" | "signal">,
): Promise<LookedSamples> {
  const unknown = entries.filter(({ hash }) => !known.has(hash));
  let pool: Piscina<LookTask, readonly LookReply[]> | undefined;
  const open = () => {
    pool ??= new Piscina<LookTask, readonly LookReply[]>({
      filename: new URL("./look-worker.js", import.meta.url).href,
      minThreads: 0,
      maxThreads: Math.min(threads, unknown.length),
      concurrentTasksPerWorker: TASKS_PER_THREAD,
      recordTiming: false,
    });
    return pool;
  };
  const started = performance.now();
  let done = 0;
  const found = new Map<SampleEntry, LookRecord | SampleFault>();
  const take = (entry: SampleEntry, reply: LookReply) => {
    done++;
    const seconds = (performance.now() - started) / 1000;
    const rate = { value: done / seconds, unit: "patches/s" };
    progress({ unit: "patch", current: done, total: unknown.length, rate });
    if ("record" in reply) onRecord?.(reply.record);
    found.set(entry, "record" in reply ? reply.record : { id: entry.id, error: faultOf(reply.error) });
  };
  const look = async (task: readonly SampleEntry[]) => {
    signal.throwIfAborted();
    const replies = await open().run({ entries: task, options, modules });
    task.forEach((entry, i) => {
      take(entry, replies[i]);
    });
  };
  try {
    // No more than the threads hold: a task is copied when it is handed out, and none waits when the look is interrupted.
    // What is under way then is waited for: the answer of a thread that is gone would end this process, and its record is
    // of use to the next look.
    await inParallel(tasksOf(unknown, threads), threads * TASKS_PER_THREAD, look);
  } finally {
    await pool?.destroy();
  }
  const looked = entries.map((entry): LookRecord | SampleFault => {
    const before = known.get(entry.hash);
    // Content is the same; where it is and what it is called may not be.
    return before
      ? { ...before, sample: placed(before.sample, entry) }
      : (found.get(entry) as LookRecord | SampleFault);
  });
  return {
    records: looked.filter((each): each is LookRecord => "sample" in each),
    faults: looked.filter((each): each is SampleFault => "error" in each),
  };
}

function tasksOf(entries: readonly SampleEntry[], threads: number): SampleEntry[][] {
  const least = Math.floor(entries.length / (threads * LEAST_TASKS_OF_THREAD));
  const size = Math.max(1, Math.min(SAMPLES_PER_TASK, least));
  return Array.from({ length: Math.ceil(entries.length / size) }, (_, i) => entries.slice(i * size, (i + 1) * size));
}

/** @throws What is not a fault of a file. */
function faultOf(serialized: SerializedError): EosinError {
  const error = deserializeError(serialized);
  if (!isEosinError(error)) throw error;
  return error;
}
