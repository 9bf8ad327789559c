import { type ComponentContext, EosinError, type StepComponent, type StepContext } from "@eosin/plugin-api";
import { type BatchSource, type Split, sampleLoader, separateIgnored } from "@eosin/plugin-api/imaging";
import {
  type EpochRecord,
  engineProvider,
  type HostRecord,
  type NetworkFactory,
  type TrainedModel,
  type TrainingStep,
} from "@eosin/plugin-api/learning";
import { trainingObjective } from "./objective.js";
import type { Options } from "./options.js";
import { writeWeights } from "./weights.js";

export function create(context: ComponentContext<Options>): StepComponent<TrainedModel> {
  return { run: (step) => train(context, step) };
}

async function train({ options, services, modules, ...context }: ComponentContext<Options>, step: StepContext) {
  const { value: split } = await step.open(options.split);
  const { size, batch, epochs } = options;
  const factory = await context.create(options.network);
  const loss = await context.create(options.loss);
  const optimizer = await context.create(options.optimizer);
  if (!step.engine) throw new Error("The plan names no engine.");
  const engine = await (await services.get(engineProvider)).open(step.engine);
  const network = await factory.build(engine, step.rng("initial-weights"));
  const trainable = [...network.parameters.values()].filter((parameter) => parameter.trainable);
  const variables = new Map(trainable.map(({ name, variable }) => [name, variable]));

  const attached = optimizer.attach(engine, variables);
  const { learningRate } = optimizer;
  let steps = 0;
  const training = engine.trainingStep({
    variables,
    objective: trainingObjective(engine, network, loss),
    update: (gradients) => attached.update(gradients, { step: ++steps, learningRate }),
  });
  const source = await (await services.get(sampleLoader)).open({
    dataset: split.dataset,
    ids: split.train,
    size: { width: size, height: size },
    batch,
    shuffle: true,
    densities: loss.needsDensity,
    seed: step.seed,
    workers: 1,
    modules,
    log: step.log,
  });
  try {
    const history: EpochRecord[] = [];
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const mean = await runEpoch(training, source, epoch, step.signal);
      history.push({ epoch, learningRate, train: { loss: mean }, validation: {} });
      step.progress({ unit: "epoch", current: epoch, total: epochs, values: { loss: mean } });
    }
    await writeWeights(engine, network, step);
    return describe(
      options,
      factory,
      split,
      history,
      trainable.reduce((sum, { variable }) => sum + variable.size, 0),
    );
  } finally {
    await source.close();
    training.dispose();
    attached.dispose();
    network.dispose();
  }
}

/** @returns The mean loss over the epoch's patches. */
async function runEpoch(training: TrainingStep, source: BatchSource, epoch: number, signal: AbortSignal) {
  let [sum, count] = [0, 0];
  for await (const { ids, width, height, image, mask, density, release } of source.epoch(epoch)) {
    signal.throwIfAborted();
    const shape = [ids.length, height, width];
    // `valid` is there only where labels are ignored: losses leave these pixels out.
    const { mask: labels, valid } = separateIgnored(mask);
    const record: HostRecord = {
      rgb: { data: image, shape: [...shape, 3] },
      mask: { data: labels, shape: [...shape, 1] },
      ...(valid ? { valid: { data: valid, shape: [...shape, 1] } } : {}),
      // As many stains as the patches' densities tell apart.
      ...(density ? { density: { data: density, shape: [...shape, (3 * density.length) / image.length] } } : {}),
    };
    const { loss } = await training.run([record]);
    if (!Number.isFinite(loss)) throw noLoss(loss, epoch);
    sum += loss * ids.length;
    count += ids.length;
    release();
  }
  return sum / count;
}

function noLoss(loss: number, epoch: number): EosinError {
  return new EosinError({
    code: "NON_FINITE_LOSS",
    message: `The loss is ${loss} in epoch ${epoch}.`,
    expected: "a finite number",
    next: "Lower the learning rate of the optimizer.",
  });
}

/** What evaluators and reports read of the model. */
function describe(
  { network, size }: Options,
  { title }: NetworkFactory,
  split: Split,
  history: readonly EpochRecord[],
  parameters: number,
): TrainedModel {
  // The weights that it began with are not part of what it is.
  const { weights: _, ...rest } = network.with;
  const trained = new Set(split.train);
  const domains = split.dataset.samples.filter(({ id }) => trained.has(id)).map(({ domain }) => domain);
  return {
    title,
    network: { ...network, with: "pretrained" in rest ? { ...rest, pretrained: "none" } : rest },
    parameters,
    size: { width: size, height: size },
    interpolation: "bilinear",
    split: split.key,
    trainedOn: [...new Set(domains)].sort(),
    history,
    bestEpoch: history.length,
    stoppedBecause: "epochs",
    estimatedBytes: 0, // nothing is estimated before the start
  };
}
