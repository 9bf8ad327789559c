import { createEngineProvider } from "@eosin/engine";
import { createRng, type Logger } from "@eosin/plugin-api";
import type { EncoderFactory, Loss, NetworkFactory, StepCost } from "@eosin/plugin-api/learning";
import type { Scalar, Tensor4D } from "@tensorflow/tfjs-core";
import { createSegmentation } from "../losses/segmentation/segmentation.js";
import type { SegmentationName } from "../losses/segmentation-names.js";
import { createSegmentationPlusReconstruction } from "../losses/segmentation-plus-reconstruction/segmentation-plus-reconstruction.js";
import { type ChosenEncoder, chosenEncoder } from "../networks/chosen-encoder.js";
import { createDeeplabv3Plus } from "../networks/deeplabv3-plus/deeplabv3-plus.js";
import { deeplabv3PlusOptions } from "../networks/deeplabv3-plus/options.js";
import type { EncoderOptions } from "../networks/encoder-options.js";
import { createFpn } from "../networks/fpn/fpn.js";
import { fpnOptions } from "../networks/fpn/options.js";
import { createMultitaskUnet } from "../networks/multitask-unet/multitask-unet.js";
import { multitaskUnetOptions } from "../networks/multitask-unet/options.js";
import { unetOptions } from "../networks/unet/options.js";
import { createUnet } from "../networks/unet/unet.js";
import { unetPlusPlusOptions } from "../networks/unet-plus-plus/options.js";
import { createUnetPlusPlus } from "../networks/unet-plus-plus/unet-plus-plus.js";

/** The encoder of parsed options, without plugins: `given` stands for the one that they name as a component. */
export function encoderFor(options: EncoderOptions, given?: EncoderFactory): Promise<ChosenEncoder> {
  return chosenEncoder(options, (() => Promise.resolve(given)) as never);
}

/** A `model/unet` with these options. */
export async function unetOf(options: object = {}, log?: Logger, given?: EncoderFactory): Promise<NetworkFactory> {
  const parsed = unetOptions.parse(options);
  return createUnet(await encoderFor(parsed, given), parsed, log);
}

/** A `model/multitask-unet` with these options. */
export async function multitaskUnetOf(
  options: object = {},
  log?: Logger,
  given?: EncoderFactory,
): Promise<NetworkFactory> {
  const parsed = multitaskUnetOptions.parse(options);
  return createMultitaskUnet(await encoderFor(parsed, given), parsed, log);
}

/** A `model/unet-plus-plus` with these options. */
export async function unetPlusPlusOf(options: object = {}, given?: EncoderFactory): Promise<NetworkFactory> {
  const parsed = unetPlusPlusOptions.parse(options);
  return createUnetPlusPlus(await encoderFor(parsed, given), parsed);
}

/** A `model/fpn` with these options. */
export async function fpnOf(options: object = {}, given?: EncoderFactory): Promise<NetworkFactory> {
  const parsed = fpnOptions.parse(options);
  return createFpn(await encoderFor(parsed, given), parsed);
}

/** A `model/deeplabv3-plus` with these options. */
export async function deeplabv3PlusOf(options: object = {}, given?: EncoderFactory): Promise<NetworkFactory> {
  const parsed = deeplabv3PlusOptions.parse(options);
  return createDeeplabv3Plus(await encoderFor(parsed, given), parsed);
}

/** What a training step of a network is on shapes alone. */
export interface TrainingShapes {
  readonly mask: readonly number[];
  /** Shapes of the random tensors that it asked for, by name. */
  readonly drawn: { readonly [name: string]: readonly number[] };
  readonly cost: StepCost;
}

/** One training step of a network on two images of 64 × 32 pixels, as the trainer estimates it: nothing is computed. */
export async function trainingShapes(factoryOf: () => Promise<NetworkFactory>): Promise<TrainingShapes> {
  const { engine, cost } = await createEngineProvider().openShapeEngine();
  const { tf } = engine;
  const network = await (await factoryOf()).build(engine, createRng(1));
  const drawn: { [name: string]: readonly number[] } = {};
  let mask: readonly number[] = [];
  const random = (name: string, shape: readonly number[]) => {
    drawn[name] = shape;
    return tf.zeros([...shape]);
  };
  const trainable = [...network.parameters.values()].filter((each) => each.trainable);
  const step = engine.trainingStep({
    variables: new Map(trainable.map(({ name, variable }) => [name, variable])),
    objective({ image }) {
      const outputs = network.forward(image as Tensor4D, { training: true, random });
      mask = outputs.mask.shape;
      return { loss: tf.sum(outputs.mask) as Scalar };
    },
    update() {},
  });
  await step.run([{ image: { data: new Uint8Array(2 * 64 * 32 * 3), shape: [2, 64, 32, 3] } }]);
  step.dispose();
  network.dispose();
  return { mask, drawn, cost: cost() };
}

/** The loss of the paper. */
export function reconstructionLoss({
  segmentation,
  ...weights
}: {
  readonly segmentation: SegmentationName;
  readonly alpha: number;
  readonly sparsity: number;
}): Loss {
  return createSegmentationPlusReconstruction(createSegmentation({ segmentation }), weights);
}
