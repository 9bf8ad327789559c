import { join } from "node:path";
import type { ComponentContext, StepComponent, StepContext } from "@eosin/plugin-api";
import type { Split } from "@eosin/plugin-api/imaging";
import {
  type Engine,
  engineProvider,
  type Loss,
  type NetworkFactory,
  type Optimizer,
  type Schedule,
  type TrainedModel,
} from "@eosin/plugin-api/learning";
import { InputNormalization } from "../../inputs/input-normalization.js";
import { resolveInputSize, resolveScale } from "../../inputs/input-size.js";
import { engineOf } from "../../memory/engine-of.js";
import { countParameters } from "../../networks/count-parameters.js";
import { saveWeights } from "../../weights/network-weights.js";
import { judgeHistory } from "./early-stopping.js";
import type { TrainerOptions } from "./options.js";
import { planStep, type StepPlan } from "./plan-step.js";
import { rebuiltSpec } from "./rebuilt.js";
import { trainEpochs } from "./train-epochs.js";
import { openTrainingData, type TrainingData } from "./training-data.js";
import { TrainingSession } from "./training-session.js";
import { Validation } from "./validation.js";

interface Parts {
  readonly factory: NetworkFactory;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
}

const WEIGHTS = "weights.safetensors";

/** Trains a network on one split: the same options, data, seed and engine give the same weights, byte for byte. */
export class Trainer implements StepComponent<TrainedModel> {
  readonly #context: ComponentContext<TrainerOptions>;

  constructor(context: ComponentContext<TrainerOptions>) {
    this.#context = context;
  }

  async run(step: StepContext): Promise<TrainedModel> {
    const { options, services } = this.#context;
    const parts: Parts = {
      factory: await this.#context.create(options.network),
      loss: await this.#context.create(options.loss),
      optimizer: await this.#context.create(options.optimizer),
      schedule: await this.#context.create(options.schedule),
    };
    const provider = await services.get(engineProvider);
    const plan = await planStep(this.#context, step, provider, parts);
    const engine = await provider.open(engineOf(step));
    const targets = { densities: parts.loss.needsDensity, stains: plan.stains };
    const data = await openTrainingData(this.#context, step, targets);
    try {
      return await this.#train(step, engine, parts, plan, data);
    } finally {
      await data.close();
    }
  }

  async #train(
    step: StepContext,
    engine: Engine,
    { factory, ...parts }: Parts,
    { batch, random }: StepPlan,
    data: TrainingData,
  ): Promise<TrainedModel> {
    const { options } = this.#context;
    const network = await factory.build(engine, step.rng("initial-weights"));
    const normalization = new InputNormalization(engine.tf, network.normalization);
    const learning = { engine, network, loss: parts.loss, normalization };
    const session = new TrainingSession(learning, {
      ...parts,
      random,
      rng: step.rng("forward"),
      microBatch: batch.microBatch,
      epochs: options.epochs,
      clipNorm: options.clipNorm,
      average: options.average,
      batchesPerEpoch: data.train.batchesPerEpoch,
      log: step.log,
    });
    try {
      const history = await trainEpochs(step, options, session, new Validation(learning, batch.microBatch), data);
      await saveWeights(network, join(step.scratch, WEIGHTS));
      await step.output.moveIn(WEIGHTS, join(step.scratch, WEIGHTS));
      const fallbacks = data.fallbacks.get();
      const { bestEpoch, stop } = judgeHistory(history, options.earlyStopping);
      return {
        title: parts.loss.title === undefined ? factory.title : `${factory.title}, ${parts.loss.title}`,
        network: rebuiltSpec(options.network, factory),
        parameters: countParameters(network),
        size: resolveInputSize(options.size),
        ...scaleOf(options),
        interpolation: options.interpolation,
        ...(data.normalizer ? { normalizer: data.normalizer } : {}),
        ...rangeOf(data.split),
        ...(network.normalization ? { normalization: network.normalization } : {}),
        split: data.split.key,
        trainedOn: data.domains,
        history,
        bestEpoch,
        stoppedBecause: stop && history.length < options.epochs ? "patience" : "epochs",
        estimatedBytes: batch.cost.peakBytes,
        ...(fallbacks.length > 0 ? { fallbacks } : {}),
      };
    } finally {
      session.dispose();
      network.dispose();
      normalization.dispose();
    }
  }
}

function scaleOf(options: TrainerOptions): Pick<TrainedModel, "scale"> {
  const scale = resolveScale(options.scale);
  return scale === undefined ? {} : { scale };
}

/** What values of more than 8 bits went up to. */
function rangeOf({ dataset: { range } }: Split): Pick<TrainedModel, "range"> {
  return range === undefined ? {} : { range };
}
