import type { ForwardContext } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import type { EncoderName } from "./encoder-names.js";
import type { ParameterStore } from "./layers/parameter-store.js";

/** The contracting half of a U-Net. */
export interface Encoder {
  /** Channels of the five features. */
  readonly channels: readonly number[];
  /** Features at strides 2, 4, 8, 16 and 32. */
  features(image: tfc.Tensor4D, context: ForwardContext): tfc.Tensor4D[];
}

/** Puts an encoder together; its parameters are called `encoder.…`. Loads only the family that is asked for. */
export async function buildEncoder(
  store: ParameterStore,
  name: EncoderName,
  dropConnectRate: number,
): Promise<Encoder> {
  if (name === "tiny") {
    const { buildTinyEncoder } = await import("./tiny/tiny-encoder.js");
    return buildTinyEncoder(store, dropConnectRate);
  }
  const { buildEfficientNet } = await import("./efficientnet/efficientnet-encoder.js");
  return buildEfficientNet(store, name, dropConnectRate);
}
