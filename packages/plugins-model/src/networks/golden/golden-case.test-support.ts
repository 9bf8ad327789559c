import { createEngineProvider, openEngine } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import type { Engine, ForwardContext, HostRecord, Loss, Network, TensorRecord } from "@eosin/plugin-api/learning";
import type { StoredTensor } from "@eosin/plugin-api/tensor-file";
import type * as tfc from "@tensorflow/tfjs-core";
import { installedTorch } from "../../../../../test/fixtures/installed-torch.js";
import { meanSquaredError } from "../../losses/mean-squared-error.js";
import { createSegmentation } from "../../losses/segmentation/segmentation.js";
import { segmentationTerms } from "../../losses/segmentation-terms.js";
import { multitaskUnetOf, reconstructionLoss, unetOf } from "../../testing/networks.test-support.js";
import { channelsFirst, channelsLast } from "./channel-order.test-support.js";

const torch = await installedTorch();

const tensorflow = (await createEngineProvider().survey()).find(({ name }) => name === "tensorflow");
if (!tensorflow?.available) console.info(`golden values on tensorflow skipped: ${tensorflow?.reason}`);

type GoldenEngine = "wasm" | "torch" | "tensorflow";

/** Those that are held against the golden values: `torch` where there is a libtorch, `tensorflow` where it is installed. */
export const goldenEngines: readonly GoldenEngine[] = [
  "wasm",
  ...(torch ? (["torch"] as const) : []),
  ...(tensorflow?.available ? (["tensorflow"] as const) : []),
];

export function openTestEngine(name: GoldenEngine | "cpu"): Promise<Engine> {
  if (name === "torch") process.env.EOSIN_TORCH = torch?.addon;
  return openEngine({ name, version: "4.22.0", precision: "float32", threads: 1, device: "cpu" });
}

/** Networks as the golden values were made: without drop-connect. */
export async function buildGoldenNetwork(engine: Engine, kind: string, encoder: string): Promise<Network> {
  const options = { encoder, dropConnect: 0 };
  const factory = kind === "multitask" ? await multitaskUnetOf(options) : await unetOf(options);
  return factory.build(engine, createRng(1));
}

export function goldenLoss(kind: string): Loss {
  return kind === "multitask"
    ? reconstructionLoss({ segmentation: "mcc", alpha: 0.3, sparsity: 0 })
    : createSegmentation({ segmentation: "mcc" });
}

export function goldenBatch(input: StoredTensor, target: StoredTensor): HostRecord {
  return { image: channelsLast(input), mask: channelsLast(target) };
}

export function context(training: boolean): ForwardContext {
  return {
    training,
    random: (name) => {
      throw new Error(`${name} drew random numbers without drop-connect`);
    },
  };
}

/** All outputs, channels first. */
export async function evaluate(
  engine: Engine,
  network: Network,
  batch: HostRecord,
  training = false,
): Promise<{ [name: string]: { values: Float32Array; shape: readonly number[] } }> {
  const step = engine.evaluationStep(({ image }) => network.forward(image as tfc.Tensor4D, context(training)));
  const outputs = await step.run({ image: batch.image });
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { data, shape }]) => [name, { values: channelsFirst(data, shape), shape }]),
  );
}

/** Losses in training mode, by name, from one forward pass. */
export async function trainingLosses(
  engine: Engine,
  network: Network,
  batch: HostRecord,
): Promise<{ [name: string]: number }> {
  const step = engine.evaluationStep(({ image, mask }) => {
    const outputs = network.forward(image as tfc.Tensor4D, context(true));
    const losses = Object.fromEntries(
      (["mcc", "iou", "dice", "bce"] as const).map((name) => [
        name,
        segmentationTerms[name](engine.tf, outputs.mask, mask),
      ]),
    );
    return outputs.reconstruction
      ? { ...losses, mse: meanSquaredError(engine.tf, outputs.reconstruction, image) }
      : losses;
  });
  const scalars = await step.run(batch);
  return Object.fromEntries(Object.entries(scalars).map(([name, { data }]) => [name, data[0]]));
}

/** A training step that computes gradients, hands them to `update`, and watches the loss's terms. */
export function goldenStep(
  engine: Engine,
  network: Network,
  loss: Loss,
  update: (gradients: ReadonlyMap<string, tfc.Tensor>) => void,
) {
  const variables = new Map(
    [...network.parameters.values()].filter(({ trainable }) => trainable).map(({ name, variable }) => [name, variable]),
  );
  return engine.trainingStep({
    variables,
    objective(batch: TensorRecord) {
      const image = batch.image as tfc.Tensor4D;
      const outputs = network.forward(image, context(true));
      const { total, terms } = loss.compute(engine.tf, outputs, {
        image,
        rgb: image,
        mask: batch.mask as tfc.Tensor4D,
      });
      return { loss: total, watch: terms };
    },
    update,
  });
}
