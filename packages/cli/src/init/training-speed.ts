import type { EngineIdentity } from "@eosin/plugin-api/learning";
import { isGpu } from "@eosin/plugin-api/learning";

/** How fast a machine trains. */
export interface TrainingSpeed {
  /** Floating-point operations a second, a multiply-add as two. */
  readonly flops: number;
  /** Where the figure is from, after "at … GFLOP/s". */
  readonly source: string;
}

const giga = 1e9;
/** Beyond these, small images gain little from another core. */
const mostThreads = 16;

/**
 * What a training step's operations take. Two figures are measured: the engine `torch` on two cores of a Xeon (640 steps
 * of `cosas-lite0`, 51.2 GFLOP each, in 549 s, validation included and other work beside it), and `wasm` on one
 * (`benchmarks/results/encoders.json`: a step of the same network in 2.96 s). The others are guesses, and say so.
 */
export function trainingSpeed({ name, device, threads }: EngineIdentity): TrainingSpeed {
  const cores = Math.min(threads, mostThreads);
  if (isGpu(device)) return { flops: 1500 * giga, source: "a guess for any GPU, not measured" };
  if (name === "torch") {
    const source = `30 a core, as this network's training on two cores of a Xeon had, times ${cores}`;
    return { flops: 30 * giga * cores, source };
  }
  if (name === "wasm") return { flops: 17 * giga, source: "as this network had on one core of a Xeon" };
  if (name === "tensorflow") return { flops: 15 * giga * cores, source: `a guess: half of torch, ${cores} cores` };
  return { flops: 0.5 * giga, source: "a guess for plain JavaScript, not measured" };
}
