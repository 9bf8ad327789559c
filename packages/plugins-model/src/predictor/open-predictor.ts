import type { ComponentContext } from "@eosin/plugin-api";
import {
  type EngineIdentity,
  type EngineProvider,
  engineProvider,
  type NetworkFactory,
  type TrainedModel,
} from "@eosin/plugin-api/learning";
import { readSafetensors } from "@eosin/plugin-api/tensor-file";
import { InputNormalization } from "../inputs/input-normalization.js";
import type { ImageSize } from "../inputs/input-size.js";
import { shapeRng } from "../inputs/shape-rng.js";
import { checkInputSize } from "../inputs/size-faults.js";
import { memoryBudget } from "../memory/memory-budget.js";
import { type MeasureStep, planBatch } from "../memory/micro-batch.js";
import { importWeights } from "../weights/network-weights.js";
import { Predictor, predictionOutputs } from "./predictor.js";
import type { View } from "./rotate.js";

/** The value of a `model` artifact and the path of its blob `weights.safetensors`. */
export interface StoredModel {
  readonly value: TrainedModel;
  readonly weights: string;
}

export interface OpenPredictor {
  readonly predictor: Predictor;
  /** Images that pass the network at once: as many as asked for, or as fit. */
  readonly batch: number;
}

/**
 * Builds the network of a model with its weights, after measuring on shapes how many images the memory holds at once.
 * @param how `views`: how each image is seen; `batch`: the most images that pass at once; `size`: theirs, the model's unless said.
 * @throws EosinError `OUT_OF_MEMORY` where not even one image fits, `SIZE_NOT_MULTIPLE`, `WEIGHTS_MISMATCH`.
 */
export async function openPredictor(
  host: Pick<ComponentContext<unknown>, "create" | "services" | "log">,
  identity: EngineIdentity,
  model: StoredModel,
  how: { readonly views: readonly View[]; readonly batch: number; readonly size?: ImageSize },
): Promise<OpenPredictor> {
  const provider = await host.services.get(engineProvider);
  const factory = await host.create(model.value.network);
  const { memoryLimitBytes } = await provider.open(identity);
  const budget = memoryBudget(identity, memoryLimitBytes);
  const batch = await measuring(provider, factory, how.size ?? model.value.size, async (measure) => {
    return (await planBatch(measure, how.batch, budget, { what: "prediction" })).microBatch;
  });
  if (batch < how.batch) host.log.info(`Images pass the network in batches of ${batch}: ${how.batch} do not fit.`);

  // Measuring made the shape engine tfjs's current back end; opening makes it this one again.
  const engine = await provider.open(identity);
  // Initial weights would be overwritten: none are drawn.
  const network = await factory.build(engine, shapeRng);
  importWeights(engine, network, await readSafetensors(model.weights), model.weights);
  return { predictor: new Predictor(engine, network, how.views, model.value.normalization), batch };
}

async function measuring<Result>(
  provider: EngineProvider,
  factory: NetworkFactory,
  { width, height }: TrainedModel["size"],
  use: (measure: MeasureStep) => Promise<Result>,
): Promise<Result> {
  const { engine, cost, reset } = await provider.openShapeEngine();
  const network = await factory.build(engine, shapeRng);
  checkInputSize({ width, height }, network.stride);
  const normalization = new InputNormalization(engine.tf, network.normalization);
  const step = engine.evaluationStep((batch) => {
    const outputs = Object.entries(predictionOutputs(network, normalization, batch));
    // Of the shape engine only scalars can be read.
    return Object.fromEntries(outputs.map(([name, output]) => [name, engine.tf.sum(output)]));
  });
  try {
    return await use(async (samples) => {
      reset();
      await step.run({
        // The shape engine reads no values.
        rgb: { data: new Uint8Array(0), shape: [samples, height, width, 3] },
      });
      return cost();
    });
  } finally {
    network.dispose();
    normalization.dispose();
  }
}
