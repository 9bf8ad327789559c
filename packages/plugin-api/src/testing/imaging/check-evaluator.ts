import type { DefinitionOf } from "../../component.js";
import { IGNORED } from "../../imaging/ignored.js";
import { type PredictedSample, predictionBlobName, predictionsArtifact } from "../../imaging/predictions.js";
import type { StepComponent } from "../../step.js";
import { type StoredTensor, type StoredTensors, toFloat32 } from "../../tensor-file/stored-tensor.js";
import { broken, Checklist } from "../checklist.js";
import { tensorsOf } from "../steps/blob-tensors.js";
import {
  artifactValue,
  checkStep,
  type StepCheck,
  type StepCheckReport,
  type StepOutput,
} from "../steps/check-step.js";
import { toyFold } from "../steps/toy-fold.js";

/**
 * Tests what an evaluator promises beside what every step does: predictions of samples of one part of the fold, a blob
 * each with probability, mask, truth and image in their forms. The fold is drawn tissue of 32 × 32 pixels; it is in
 * the option `split`.
 * @param how A model that the options name: `artifacts`, with a blob `weights.safetensors`.
 * @throws EosinError `CHECK_FAILED`, naming the promise.
 */
export async function checkEvaluator(
  definition: DefinitionOf<StepComponent>,
  how: StepCheck = {},
): Promise<StepCheckReport> {
  const list = new Checklist(definition.type);
  await list.check("it is an evaluator, and writes predictions", () => {
    if (definition.kind !== "evaluator") broken("evaluator", definition.kind, "Use the check of that kind.");
    if (definition.produces?.name !== "predictions") {
      broken("produces: predictionsArtifact", definition.produces?.name ?? "nothing");
    }
  });
  const { how: folded, split } = toyFold(definition, how);
  const { checks, output } = await checkStep(definition, folded);
  const { samples, threshold, role, ...value } = artifactValue(output, predictionsArtifact);
  await list.check("it says what predicted, and whether that is a network or a baseline", () => {
    if (!value.predictor) broken("predictor: a name for reports", "none");
    if (!["network", "baseline"].includes(role)) broken("role: network or baseline", String(role));
    if (value.split !== split.key) broken(`split: ${split.key}`, String(value.split));
    if (!Array.isArray(value.trainedOn)) broken("trainedOn: a list of domains", String(value.trainedOn));
  });
  await list.check("it predicts samples of one part of the fold, each once, under their domains", () => {
    if (samples.length === 0) broken("predicted samples", "none");
    const ids = samples.map(({ id }) => id);
    if (new Set(ids).size !== ids.length) broken("each sample once", "one twice");
    const parts = [split.train, split.validation, split.test];
    if (!parts.some((part) => ids.every((id) => part.includes(id)))) broken("samples of one part", ids.join(", "));
    const domainOf = new Map(split.dataset.samples.map(({ id, domain }) => [id, domain]));
    const odd = samples.find(({ id, domain }) => domainOf.get(id) !== domain);
    if (odd) broken(`${odd.id} of the domain ${domainOf.get(odd.id)}`, odd.domain);
  });
  await list.check("each has a blob with probability, prediction, truth and image", () => {
    for (const [index, sample] of samples.entries()) checkPrediction(output, index, sample, threshold);
  });
  return { component: definition.type, checks: [...checks, ...list.report().checks], output };
}

function checkPrediction(output: StepOutput, index: number, sample: PredictedSample, threshold: number): void {
  const { width, height } = sample;
  const tensors = tensorsOf(output, predictionBlobName(index));
  const probability = toFloat32(tensorOf(tensors, "probability", "F32", [height, width]));
  const odd = probability.find((value) => !(value >= 0 && value <= 1));
  if (odd !== undefined) broken("probabilities from 0 to 1", String(odd));
  const prediction = tensorOf(tensors, "prediction", "U8", [height, width]);
  if (prediction.bytes.some((value) => value > 1)) broken("a prediction of 0 and 1", "other values");
  const truth = tensorOf(tensors, "truth", "U8", [height, width]);
  if (truth.bytes.some((value) => value > 1 && value !== IGNORED)) {
    broken("a truth of 0, 1 and 255 (ignored)", "other values");
  }
  tensorOf(tensors, "image", "U8", [height, width, 3]);
  if (!(threshold > 0 && threshold < 1)) broken("a threshold between 0 and 1", String(threshold));
}

/** Ends the running test where the tensor is not there in this form. */
function tensorOf(tensors: StoredTensors, name: string, type: string, shape: readonly number[]): StoredTensor {
  const tensor = tensors.get(name);
  const expected = `${name}: ${type} (${shape.join(", ")})`;
  if (tensor === undefined) return broken(expected, `only ${[...tensors.keys()].join(", ")}`);
  if (tensor.type !== type || tensor.shape.join() !== shape.join()) {
    broken(expected, `${tensor.type} (${tensor.shape.join(", ")})`);
  }
  return tensor;
}
