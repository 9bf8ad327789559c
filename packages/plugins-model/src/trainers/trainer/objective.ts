import { EosinError } from "@eosin/plugin-api";
import type {
  Engine,
  ForwardContext,
  Loss,
  Network,
  TensorRecord,
  TrainingStepDefinition,
} from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { lossBatch } from "../../inputs/batch-tensors.js";
import type { InputNormalization } from "../../inputs/input-normalization.js";
import { missingOutput } from "./missing-output.js";
import { countOverlap, meanDice } from "./overlap.js";

export interface LearningParts {
  readonly engine: Engine;
  readonly network: Network;
  readonly loss: Loss;
  readonly normalization: InputNormalization;
}

/**
 * What the training step minimises and watches: the loss, its terms, and the mean Dice of the batch.
 * @throws EosinError `LOSS_NEEDS_OUTPUT` from the first pass, where the network lacks an output that the loss reads.
 */
export function trainingObjective(
  { engine, network, loss, normalization }: LearningParts,
  contextOf: (batch: TensorRecord) => ForwardContext,
): TrainingStepDefinition["objective"] {
  const { tf } = engine;
  return (tensors) => {
    const batch = lossBatch(normalization, tensors);
    const outputs = network.forward(batch.image, contextOf(tensors));
    checkOutputs(loss, outputs);
    const { total, terms } = loss.compute(tf, outputs, batch);
    const overlap = countOverlap(tf, outputs.mask as tfc.Tensor4D, batch);
    return { loss: total, watch: { ...terms, dice: meanDice(tf, overlap, batch.valid) } };
  };
}

function checkOutputs(loss: Loss, outputs: TensorRecord): void {
  const fault = missingOutput(loss, Object.keys(outputs));
  if (fault) throw new EosinError({ ...fault, place: "options network and loss" });
}

/** The trainable variables by name. */
export function trainableVariables(network: Network): ReadonlyMap<string, tfc.Variable> {
  const variables = new Map<string, tfc.Variable>();
  for (const [name, { trainable, variable }] of network.parameters) if (trainable) variables.set(name, variable);
  return variables;
}
