import type { Rng } from "@eosin/plugin-api";
import type { ForwardContext, HostRecord, HostTensor, TensorRecord, Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";

const key = (name: string) => `random/${name}`;

/**
 * The random tensors of a network's training pass (drop-connect) are inputs of the step like images are, so that the
 * pass stays a pure function of its batch: engines may replay it, and each sample keeps its numbers however the batch
 * is split. Which tensors a network asks for is recorded once, on a batch of a known number of samples.
 */
export class RandomFeeds {
  readonly #requests = new Map<string, { readonly perSample: boolean; readonly shape: readonly number[] }>();

  /** A context that notes what is asked for and hands out zeros. @param samples Of the batch that passes. */
  recorder(tf: Tf, samples: number): ForwardContext {
    return {
      training: true,
      random: (name, shape) => {
        const perSample = shape[0] === samples;
        this.#requests.set(name, { perSample, shape: perSample ? shape.slice(1) : [...shape] });
        return tf.zeros([...shape]);
      },
    };
  }

  /** The context of a pass over a batch that has its feeds. */
  static context(batch: TensorRecord): ForwardContext {
    return {
      training: true,
      random: (name): tfc.Tensor => {
        const fed = batch[key(name)];
        if (!fed) throw new RangeError(`The network asked for random numbers ${name}, which its first pass did not.`);
        return fed;
      },
    };
  }

  /** The numbers of one step for samples `from`…`to` of its batch. @param rng Keyed by the step. */
  draw(rng: Rng, from: number, to: number): HostRecord {
    const feeds: { [name: string]: HostTensor } = {};
    for (const [name, { perSample, shape }] of this.#requests) {
      const count = shape.reduce((product, size) => product * size, 1);
      if (!perSample) {
        feeds[key(name)] = { data: uniform(rng.fork(name), new Float32Array(count)), shape };
        continue;
      }
      const data = new Float32Array((to - from) * count);
      for (let sample = from; sample < to; sample++) {
        uniform(rng.fork(name, sample), data.subarray((sample - from) * count, (sample - from + 1) * count));
      }
      feeds[key(name)] = { data, shape: [to - from, ...shape] };
    }
    return feeds;
  }
}

/** The context of a pass outside training. */
export const evaluationContext: ForwardContext = {
  training: false,
  random: (name): never => {
    throw new RangeError(`A network asked for random numbers ${name} outside training.`);
  },
};

function uniform(rng: Rng, into: Float32Array): Float32Array {
  // 24 bits: the float32 nearest to a 53-bit number just below 1 is 1 itself.
  for (let i = 0; i < into.length; i++) into[i] = Math.floor(rng.uniform() * 0x1000000) / 0x1000000;
  return into;
}
