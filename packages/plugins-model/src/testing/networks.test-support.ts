import type { Logger } from "@eosin/plugin-api";
import type { EncoderFactory, Loss, NetworkFactory } from "@eosin/plugin-api/learning";
import { createSegmentation } from "../losses/segmentation/segmentation.js";
import type { SegmentationName } from "../losses/segmentation-names.js";
import { createSegmentationPlusReconstruction } from "../losses/segmentation-plus-reconstruction/segmentation-plus-reconstruction.js";
import { type ChosenEncoder, chosenEncoder } from "../networks/chosen-encoder.js";
import type { EncoderOptions } from "../networks/encoder-options.js";
import { createMultitaskUnet } from "../networks/multitask-unet/multitask-unet.js";
import { multitaskUnetOptions } from "../networks/multitask-unet/options.js";
import { unetOptions } from "../networks/unet/options.js";
import { createUnet } from "../networks/unet/unet.js";

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
