import type { JsonObject, Logger } from "@eosin/plugin-api";
import type { ForwardContext, Network, NetworkFactory, ParameterBuilder } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import type { Layer } from "../layers/layer.js";
import { ParameterStore } from "../layers/parameter-store.js";
import type { StageOptions } from "./stage-options.js";
import { stagedDecoder } from "./staged-decoder.js";
import { withStagedWeights } from "./staged-weights.js";
import type { Stages } from "./stages.js";

/** @returns What each stage gives, (b,h/2ˢ,w/2ˢ,features), from the image's size down. */
export type StagedEncoder = (image: tfc.Tensor4D, context: ForwardContext) => readonly tfc.Tensor4D[];

/** What each layer gives of what the one before it gave. */
export function inTurn(
  layers: readonly Layer[],
  first: tfc.Tensor4D,
  context: ForwardContext,
): readonly tfc.Tensor4D[] {
  let x = first;
  return layers.map((layer) => {
    x = layer(x, context);
    return x;
  });
}

export interface StagedUnet {
  readonly title: string;
  readonly stages: Stages;
  readonly options: StageOptions;
  encoder(builder: ParameterBuilder): StagedEncoder;
  /** Of each stage of the decoder. */
  readonly convolutions: number;
}

/**
 * A U-Net of stages (Isensee et al., 2021, and 2024 for the residual encoder), as dynamic_network_architectures builds it,
 * with its names: one logit a pixel, and one at each supervised scale.
 */
export function createStagedUnet(
  { title, stages, options, encoder, convolutions }: StagedUnet,
  log?: Logger,
): NetworkFactory {
  const { weights, ...kept } = options;
  const { features, stride, supervised } = stages;
  return {
    title: `${title}, ${features.length} stages`,
    traits: { stride, outputs: ["mask", ...supervised.map((scale) => `mask/${scale}`)] },
    ...(weights !== undefined && { initialWeights: { option: ["weights"], file: weights } }),
    rebuildOptions: kept as unknown as JsonObject,
    async build(engine, rng) {
      const store = new ParameterStore(engine, rng);
      const encode = encoder(store);
      const decode = stagedDecoder(store, stages, convolutions);
      const network: Network = {
        parameters: store.parameters,
        stride,
        separatesStains: false,
        forward: (image, context) => decode(encode(image, context), context),
        dispose: () => store.dispose(),
      };
      return weights === undefined ? network : withStagedWeights(engine, network, weights, log);
    },
  };
}
