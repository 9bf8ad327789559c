import { z } from "@eosin/plugin-api/zod";
import { segmentationOption } from "../segmentation-names.js";

export const segmentationOptions = z.strictObject({ segmentation: segmentationOption });
