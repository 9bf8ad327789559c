import type {
  EngineProvider,
  HostRecord,
  Loss,
  Network,
  NetworkFactory,
  Optimizer,
  StepCost,
} from "@eosin/plugin-api/learning";
import { InputNormalization } from "../../inputs/input-normalization.js";
import type { ImageSize } from "../../inputs/input-size.js";
import { evaluationContext, RandomFeeds } from "../../inputs/random-feeds.js";
import { shapeRng } from "../../inputs/shape-rng.js";
import { checkInputSize } from "../../inputs/size-faults.js";
import type { AverageOptions } from "./average-options.js";
import { type LearningParts, trainableVariables, trainingObjective } from "./objective.js";
import { WeightAverage } from "./weight-average.js";

export interface MeteredStep {
  readonly factory: NetworkFactory;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly size: ImageSize;
  readonly clipNorm?: number;
  readonly average?: AverageOptions;
}

/** Runs the very training step on shapes alone, to learn what it costs and which random numbers it draws. */
export class StepMeter {
  readonly random: RandomFeeds;
  readonly network: Network;
  /** That the network's densities tell apart, where it gives any and the loss compares them. */
  readonly stains?: number;
  readonly #measure: StepMeter["measure"];
  readonly #close: () => void;

  private constructor(
    { random, network, stains }: Pick<StepMeter, "random" | "network" | "stains">,
    measure: StepMeter["measure"],
    close: () => void,
  ) {
    this.random = random;
    this.network = network;
    this.stains = stains;
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
    const normalization = new InputNormalization(engine.tf, network.normalization);
    const variables = trainableVariables(network);
    const attached = step.optimizer.attach(engine, variables);
    const parts = { engine, network, loss: step.loss, normalization };
    const weights = new Map([...network.parameters].map(([name, { variable }]) => [name, variable]));
    const average = step.average && new WeightAverage(engine, weights, step.average, 1);
    const close = () => {
      average?.dispose();
      attached.dispose();
      normalization.dispose();
      network.dispose();
    };
    let stains: number | undefined;
    const measure: StepMeter["measure"] = async (samples, accumulates) => {
      const training = engine.trainingStep({
        variables,
        clipNorm: step.clipNorm,
        objective: trainingObjective(parts, () => random.recorder(engine.tf, samples)),
        update: (gradients) => attached.update(gradients, { step: 1, learningRate: step.optimizer.learningRate }),
      });
      const record = blankRecord(step, samples, stains);
      reset();
      await training.run(accumulates ? [record, record] : [record]);
      average?.afterStep(1);
      training.dispose();
      const measured = cost();
      return accumulates ? { ...measured, flops: measured.flops / 2 } : measured;
    };
    try {
      checkInputSize(step.size, network.stride);
      if (step.loss.needsDensity) stains = densityStains(parts, step.size);
    } catch (error) {
      close();
      throw error;
    }
    return new StepMeter({ random, network, stains }, measure, close);
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

/** As the shape of the network's output tells. */
function densityStains(
  { engine: { tf }, network, normalization }: LearningParts,
  { width, height }: ImageSize,
): number | undefined {
  let stains: number | undefined;
  tf.tidy(() => {
    const image = normalization.apply(tf.zeros([1, height, width, 3]));
    stains = network.forward(image, evaluationContext).density?.shape[3];
  });
  return stains;
}

/**
 * Shapes alone: the shape engine reads no values, and there is no room for those of a batch that will not fit.
 * @param stains Of the targets: as many as the network's, or two where it separates none.
 */
function blankRecord({ size: { width, height }, loss }: MeteredStep, samples: number, stains = 2): HostRecord {
  return {
    rgb: { data: new Uint8Array(0), shape: [samples, height, width, 3] },
    mask: { data: new Uint8Array(0), shape: [samples, height, width, 1] },
    ...(loss.needsDistances && {
      distance: { data: new Float32Array(0), shape: [samples, height, width, loss.needsDistances] },
    }),
    ...(loss.needsDensity ? { density: { data: new Float32Array(0), shape: [samples, height, width, stains] } } : {}),
  };
}
