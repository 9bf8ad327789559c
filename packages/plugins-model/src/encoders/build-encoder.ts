import type { ParameterStore } from "../layers/parameter-store.js";
import type { Encoder } from "./encoder.js";
import type { EncoderName } from "./encoder-names.js";

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
