import type { ForwardContext } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";

/** The contracting half of a U-Net. */
export interface Encoder {
  /** Channels of the five features. */
  readonly channels: readonly number[];
  /** Features at strides 2, 4, 8, 16 and 32. */
  features(image: tfc.Tensor4D, context: ForwardContext): tfc.Tensor4D[];
}
