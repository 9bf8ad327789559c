import type { ComponentContext, JsonObject } from "@eosin/plugin-api";
import type { EncoderFactory, InitialWeights } from "@eosin/plugin-api/learning";
import type { VariantName } from "../encoders/efficientnet/variants.js";
import type { Depth } from "../encoders/resnet/depths.js";
import { publishedWeightsOf } from "../weights/published-weights-of.js";
import type { EncoderName } from "./encoder-names.js";
import type { EncoderOptions } from "./encoder-options.js";

/** The encoder of a network, and what follows from it. */
export interface ChosenEncoder {
  readonly factory: EncoderFactory;
  /** Of the network: its own file, else what the encoder starts from. */
  readonly initialWeights?: InitialWeights;
  /** The network's options without initial weights. */
  readonly rebuildOptions: JsonObject;
}

/** Creates the encoder that a network's options name. Loads only the family that is asked for. */
export async function chosenEncoder(
  options: EncoderOptions,
  create: ComponentContext<unknown>["create"],
): Promise<ChosenEncoder> {
  const { weights, ...kept } = options;
  const { encoder } = kept;
  const named = typeof encoder === "string";
  const factory = named ? await encoderNamed(encoder, options) : await create(encoder);
  const inner = factory.initialWeights;
  const rebuilt = named ? encoder : { ...encoder, with: factory.rebuildOptions ?? encoder.with };
  return {
    factory,
    initialWeights:
      weights === undefined
        ? inner && { ...inner, option: named ? inner.option : ["encoder", "with", ...inner.option] }
        : { option: ["weights"], file: weights },
    rebuildOptions: { ...kept, encoder: rebuilt, pretrained: "none" } as unknown as JsonObject,
  };
}

async function encoderNamed(
  name: EncoderName,
  { dropConnect, pretrained }: Pick<EncoderOptions, "dropConnect" | "pretrained">,
): Promise<EncoderFactory> {
  if (name === "tiny") {
    const { createTiny } = await import("../encoders/tiny/tiny.js");
    return { ...createTiny({ dropConnect: dropConnect ?? 0 }), initialWeights: publishedWeightsOf(name, pretrained) };
  }
  if (name.startsWith("resnet")) {
    const { createResnet } = await import("../encoders/resnet/resnet.js");
    const depth = Number(name.slice("resnet".length)) as Depth;
    return createResnet({ depth, dropConnect: dropConnect ?? 0, pretrained });
  }
  const { createEfficientnet } = await import("../encoders/efficientnet/efficientnet.js");
  const variant = name.slice("efficientnet-".length) as VariantName;
  return createEfficientnet({ variant, dropConnect: dropConnect ?? 0.2, pretrained });
}
