import type { ForwardContext } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";

/** Maps (b,h,w,c) to (b,h′,w′,c′) with the parameters that it was made with. */
export type Layer = (x: tfc.Tensor4D, context: ForwardContext) => tfc.Tensor4D;
