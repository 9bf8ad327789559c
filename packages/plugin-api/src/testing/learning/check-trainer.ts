import type { DefinitionOf } from "../../component.js";
import { engineProvider } from "../../learning/engine.js";
import { modelArtifact, type TrainedModel } from "../../learning/model.js";
import { createRng } from "../../random/rng.js";
import type { StepComponent } from "../../step.js";
import { elementCount, toFloat32 } from "../../tensor-file/stored-tensor.js";
import { buildComponent, componentNamed, serviceProvider } from "../build-component.js";
import { broken, Checklist } from "../checklist.js";
import { tensorsOf } from "../steps/blob-tensors.js";
import { artifactValue, checkStep, type StepCheck, type StepCheckReport } from "../steps/check-step.js";
import { toyFold } from "../steps/toy-fold.js";

const weights = "weights.safetensors";

/**
 * Tests what a trainer promises beside what every step does: it looks at no test sample, its history is whole, and its
 * weights are those of the network that it names, so that evaluators can rebuild it. It trains on a fold of drawn tissue,
 * 15 patches of 32 × 32 pixels, which is in the option `split`.
 * @param how `engine`, and in `services` those of `@eosin/engine`; in `components` the network and what else the options
 *   name.
 * @throws EosinError `CHECK_FAILED`, naming the promise.
 */
export async function checkTrainer(definition: DefinitionOf<StepComponent>, how: StepCheck): Promise<StepCheckReport> {
  const list = new Checklist(definition.type);
  await list.check("it is a trainer, and writes a model", () => {
    if (definition.kind !== "trainer") broken("trainer", definition.kind, "Use the check of that kind.");
    if (definition.produces?.name !== "model")
      broken("produces: modelArtifact", definition.produces?.name ?? "nothing");
  });
  const fold = toyFold(definition, how);
  const { checks, output } = await checkStep(definition, fold.how);
  const model = artifactValue(output, modelArtifact);
  await list.check("it looks at training samples, and at no test sample", () => {
    const { train, test } = fold.split;
    if (!train.some((id) => fold.loader.asked.has(id))) broken("training samples from the sample loader", "none");
    const seen = test.find((id) => fold.loader.asked.has(id));
    if (seen !== undefined) broken("samples of the training and validation parts", `the test sample ${seen}`);
  });
  await list.check("it says what it trained on, and how that went by epoch", () => {
    if (model.split !== fold.split.key) broken(`split: ${fold.split.key}`, String(model.split));
    if (model.trainedOn?.join() !== "a,b") broken("trainedOn: a, b", String(model.trainedOn));
    const { history, bestEpoch } = model;
    for (const [index, { epoch, learningRate, train, validation }] of history.entries()) {
      if (epoch !== index + 1) broken(`epoch ${index + 1} in its place`, `epoch ${epoch}`);
      const figures = { learningRate, ...train, ...validation };
      const odd = Object.entries(figures).find(([, value]) => !Number.isFinite(value));
      if (odd) broken(`a finite ${odd[0]} in epoch ${epoch}`, String(odd[1]));
      if (train.loss === undefined) broken(`train.loss in epoch ${epoch}`, Object.keys(train).join(", "));
    }
    if (!history.some(({ epoch }) => epoch === bestEpoch)) broken("a bestEpoch of the history", String(bestEpoch));
  });
  await list.check("its weights are those of the network that it names, all finite", async () => {
    const tensors = tensorsOf(output, weights);
    const expected = await parametersOf(model, definition, how);
    for (const [name, size] of expected) {
      const tensor = tensors.get(name) ?? broken(`a tensor ${name} in ${weights}`, "none");
      if (elementCount(tensor.shape) !== size) broken(`${size} values of ${name}`, String(elementCount(tensor.shape)));
      if (!toFloat32(tensor).every(Number.isFinite)) broken(`finite values of ${name}`, "others");
    }
    const strange = [...tensors.keys()].find((name) => !expected.has(name));
    if (strange !== undefined) broken("parameters of the network only", strange);
  });
  return { component: definition.type, checks: [...checks, ...list.report().checks], output };
}

/** Name → number of values, of the network that a model says it is. */
async function parametersOf(
  model: TrainedModel,
  definition: DefinitionOf<StepComponent>,
  how: StepCheck,
): Promise<ReadonlyMap<string, number>> {
  const { components = [], services = [], engine } = how;
  if (engine === undefined) return broken("engine: { name, … }", "no engine", "Give the check an engine.");
  const provider = await serviceProvider(definition.type, services).get(engineProvider);
  const named = componentNamed(model.network, components);
  const { it } = await buildComponent(named, { options: model.network.with, components, services });
  const network = await it.build(await provider.open(engine), createRng("testkit trainer"));
  const sizes = new Map([...network.parameters].map(([name, { variable }]) => [name, variable.size]));
  network.dispose();
  return sizes;
}
