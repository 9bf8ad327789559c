import { batchSizeKey, disposeAll, disposeMove, type EngineCore } from "@eosin/engine-kit";
import type { Logger } from "@eosin/plugin-api";
import type { HostRecord } from "@eosin/plugin-api/learning";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { KernelContext } from "../kernels/kernel.js";
import { type PassOutcome, resultsOf, type TorchPass } from "../pass.js";
import { CapturedPass } from "./captured-pass.js";
import type { GraphSupport } from "./graph-support.js";
import { outcomeDistance, present } from "./outcome-distance.js";
import { PassRecord } from "./pass-record.js";

/** Passes over a size of batch that are watched at most, until two in a row do the same. */
const WATCHED = 5;
/** How often a pass is captured again because a variable is elsewhere since: after a state was restored, for one. */
const CAPTURES = 3;
/** How far a replay may be from the pass that it stands for, as `disagreement` measures it: sums may be taken in other orders. */
const TOLERANCE = { float32: 1e-3, bfloat16: 3e-2 } as const;

/** How far the passes over one size of batch have come. */
interface Progress {
  /** How often it was captured. */
  captures: number;
  /** Passes, since it was to be captured. */
  watched: number;
  /** Of the last pass that could be replayed. */
  record?: PassRecord;
  captured?: CapturedPass;
  replays: number;
  /** The number of replays at which one is compared with the pass itself again. */
  nextCheck: number;
  /** Never to be captured any more. */
  givenUp: boolean;
}

/**
 * Runs passes, first one by one, then by replaying a captured one. It is captured once two passes in a row did the same
 * calls on the same memory; the replay is compared with the pass itself the next time, and whenever their number doubled.
 * Whatever is in doubt ends the replays of that size, with the reason, and its passes run one by one as before.
 */
export class Replays {
  readonly #core: EngineCore;
  readonly #context: KernelContext;
  readonly #pass: TorchPass;
  readonly #graphs: GraphSupport;
  readonly #log: Pick<Logger, "info" | "warn">;
  readonly #bySize = new Map<string, Progress>();
  #saidLack = false;

  /** @param log Where the reasons go; without it to the process's warnings. */
  constructor(
    core: EngineCore,
    context: KernelContext,
    pass: TorchPass,
    graphs: GraphSupport,
    log: Pick<Logger, "info" | "warn"> = processWarnings,
  ) {
    this.#core = core;
    this.#context = context;
    this.#pass = pass;
    this.#graphs = graphs;
    this.#log = log;
  }

  /** @returns Nothing where the pass has gradients of its own. */
  run(batch: HostRecord, weight: number): PassOutcome | undefined {
    if (this.#graphs.lacks !== undefined) return this.#withoutGraphs(batch, weight, this.#graphs.lacks);
    const progress = this.#progressOf(batch);
    if (progress.givenUp) return this.#pass.run(batch, weight);
    const { captured } = progress;
    if (!captured) return this.#watch(batch, weight, progress);
    if (!captured.isInPlace) return this.#startOver(batch, weight, progress);
    if (progress.replays >= progress.nextCheck) return this.#check(batch, weight, progress, captured);
    progress.replays++;
    return this.#replay(batch, weight, progress, captured) ?? this.#pass.run(batch, weight);
  }

  dispose(): void {
    for (const { captured } of this.#bySize.values()) captured?.dispose();
    this.#bySize.clear();
  }

  #withoutGraphs(batch: HostRecord, weight: number, lack: string): PassOutcome | undefined {
    if (!this.#saidLack) this.#log.warn(`${oneByOne("Training passes")}: ${lack}.`);
    this.#saidLack = true;
    return this.#pass.run(batch, weight);
  }

  #progressOf(batch: HostRecord): Progress {
    const size = batchSizeKey(batch);
    let progress = this.#bySize.get(size);
    if (!progress) {
      progress = { captures: 0, watched: 0, replays: 0, nextCheck: 0, givenUp: false };
      this.#bySize.set(size, progress);
    }
    return progress;
  }

  #watch(batch: HostRecord, weight: number, progress: Progress): PassOutcome | undefined {
    let record: PassRecord | undefined;
    const { statistics } = this.#core;
    const { held } = statistics;
    const outcome = this.#pass.run(batch, weight, (inputs: readonly Tensor[]) => {
      record = new PassRecord(this.#context, inputs);
      return record;
    });
    if (!outcome || !record) return outcome;
    progress.watched++;
    const unrepeatable = record.end(resultsOf(outcome, statistics.since(held)));
    const earlier = progress.record;
    const doubt = unrepeatable ?? (earlier ? record.differsFrom(earlier) : "it was seen only once");
    progress.record = unrepeatable === undefined ? record : undefined;
    if (doubt === undefined) this.#capture(batch, progress, record);
    else if (progress.watched >= WATCHED) this.#giveUp(batch, progress, doubt);
    return outcome;
  }

  #capture(batch: HostRecord, progress: Progress, record: PassRecord): void {
    const parts = { core: this.#core, context: this.#context, pass: this.#pass };
    try {
      progress.captured = CapturedPass.capture(parts, this.#graphs, record, batch);
      progress.captures++;
      progress.record = undefined;
    } catch (error) {
      this.#giveUp(batch, progress, reasonOf(error));
    }
  }

  /** A replay would read where a variable no longer is. */
  #startOver(batch: HostRecord, weight: number, progress: Progress): PassOutcome | undefined {
    if (progress.captures >= CAPTURES) {
      this.#giveUp(batch, progress, "its variables were moved in memory again and again");
      return this.#pass.run(batch, weight);
    }
    progress.captured?.dispose();
    progress.captured = undefined;
    Object.assign(progress, { watched: 0, replays: 0, nextCheck: 0 });
    return this.#watch(batch, weight, progress);
  }

  /** @returns Nothing where the replay fails: the pass itself can still be run. */
  #replay(batch: HostRecord, weight: number, progress: Progress, captured: CapturedPass): PassOutcome | undefined {
    try {
      return captured.run(batch, weight);
    } catch (error) {
      this.#giveUp(batch, progress, reasonOf(error));
      return undefined;
    }
  }

  /** Runs the pass and its replay: their results must agree. */
  #check(batch: HostRecord, weight: number, progress: Progress, captured: CapturedPass): PassOutcome | undefined {
    const { statistics } = this.#core;
    const before = statistics.held;
    const outcome = this.#pass.run(batch, weight);
    if (!outcome) return undefined;
    const behind = statistics.held;
    const replayed = this.#replay(batch, weight, progress, captured);
    if (!replayed) return outcome;
    const moves = statistics.take(behind);
    const expected = { outcome, moves: statistics.since(before) };
    const distance = outcomeDistance(this.#context, expected, { outcome: replayed, moves });
    moves.forEach(disposeMove);
    this.#dispose(replayed);
    if (distance === undefined) return outcome;
    if (distance <= TOLERANCE[this.#context.backend.half ? "bfloat16" : "float32"]) {
      if (progress.replays === 0) this.#log.info(`${passesOver(batch)} are replayed from a CUDA graph.`);
      progress.nextCheck = Math.max(1, 2 * progress.replays);
      progress.replays++;
    } else {
      this.#giveUp(batch, progress, doubtOf(distance, progress));
    }
    return outcome;
  }

  #dispose({ scalars, gradients }: PassOutcome): void {
    disposeAll(Object.values(scalars));
    for (const gradient of present(gradients)) this.#context.torch.addon.dispose(gradient);
  }

  #giveUp(batch: HostRecord, progress: Progress, reason: string): void {
    progress.givenUp = true;
    progress.record = undefined;
    progress.captured?.dispose();
    progress.captured = undefined;
    this.#log.warn(`${oneByOne(passesOver(batch))}: ${reason}.`);
  }
}

/** e.g. `Training passes over rgb (8×256×256×3)`: the first tensor tells sizes apart. */
function passesOver(batch: HostRecord): string {
  const [name, { shape }] = Object.entries(batch)[0];
  return `Training passes over ${name} (${shape.join("×")})`;
}

const oneByOne = (passes: string): string =>
  `${passes} launch their kernels one by one, which is slower, in the place of replaying a CUDA graph`;

function doubtOf(distance: number, { replays }: Progress): string {
  const apart = `a replay was ${distance.toPrecision(2)} away from the pass that it stands for`;
  if (replays === 0) return apart;
  return `${apart}, so that up to ${replays} steps before may be wrong: an objective must be a function of its batch alone`;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message.split("\n")[0] : String(error));

const processWarnings: Pick<Logger, "info" | "warn"> = {
  info() {},
  warn: (message) => process.emitWarning(message, "EosinWarning"),
};
