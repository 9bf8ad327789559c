import type {
  EngineProvider,
  HostRecord,
  Loss,
  Network,
  NetworkFactory,
  Optimizer,
  StepCost,
} from "@eosin/plugin-api/learning";
import { ImageNetNormalization } from "./imagenet-normalization.js";
import type { ImageSize } from "./input-size.js";
import { trainableVariables, trainingObjective } from "./objective.js";
import { RandomFeeds } from "./random-feeds.js";
import { shapeRng } from "./shape-rng.js";
import { checkInputSize } from "./size-faults.js";

export interface MeteredStep {
  readonly factory: NetworkFactory;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly size: ImageSize;
}

/** Runs the very training step on shapes alone, to learn what it costs and which random numbers it draws. */
export class StepMeter {
  readonly random: RandomFeeds;
  readonly network: Network;
  readonly #measure: StepMeter["measure"];
  readonly #close: () => void;

  private constructor(random: RandomFeeds, network: Network, measure: StepMeter["measure"], close: () => void) {
    this.random = random;
    this.network = network;
    this.#measure = measure;
    this.#close = close;
  }

  /**
   * The shape engine becomes tfjs's current back end: open the engine that computes afterwards.
   * @throws EosinError `SIZE_NOT_MULTIPLE`
   */
  static async open(provider: EngineProvider, step: MeteredStep): Promise<StepMeter> {
    const { engine, cost, reset } = await provider.openShapeEngine();
    const random = new RandomFeeds();
    const network = await step.factory.build(engine, shapeRng);
    const normalization = new ImageNetNormalization(engine.tf);
    const variables = trainableVariables(network);
    const attached = step.optimizer.attach(engine, variables);
    const parts = { engine, network, loss: step.loss, normalization };
    const close = () => {
      attached.dispose();
      normalization.dispose();
      network.dispose();
    };
    const measure: StepMeter["measure"] = async (samples, accumulates) => {
      const training = engine.trainingStep({
        variables,
        objective: trainingObjective(parts, () => random.recorder(engine.tf, samples)),
        update: (gradients) => attached.update(gradients, { step: 1, learningRate: step.optimizer.learningRate }),
      });
      const record = blankRecord(step, samples);
      reset();
      await training.run(accumulates ? [record, record] : [record]);
      training.dispose();
      const measured = cost();
      return accumulates ? { ...measured, flops: measured.flops / 2 } : measured;
    };
    try {
      checkInputSize(step.size, network.stride);
    } catch (error) {
      close();
      throw error;
    }
    return new StepMeter(random, network, measure, close);
  }

  /**
   * @param samples That pass the network at once.
   * @param accumulates Whether gradients of several such passes are added up before the update.
   * @returns The cost, with the operations of one pass.
   */
  measure(samples: number, accumulates: boolean): Promise<StepCost> {
    return this.#measure(samples, accumulates);
  }

  close(): void {
    this.#close();
  }
}

/** Shapes alone: the shape engine reads no values, and there is no room for those of a batch that will not fit. */
function blankRecord({ size: { width, height }, loss }: MeteredStep, samples: number): HostRecord {
  return {
    rgb: { data: new Uint8Array(0), shape: [samples, height, width, 3] },
    mask: { data: new Uint8Array(0), shape: [samples, height, width, 1] },
    ...(loss.needsDensity ? { density: { data: new Float32Array(0), shape: [samples, height, width, 2] } } : {}),
  };
}
