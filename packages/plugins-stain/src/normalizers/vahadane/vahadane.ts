import { estimateVahadane } from "../../estimation/vahadane-estimate.js";
import { rescalingMethod } from "../target/rescaling-method.js";

export const vahadaneMethod = rescalingMethod("stain/vahadane", { estimate: estimateVahadane, white: 255 });
