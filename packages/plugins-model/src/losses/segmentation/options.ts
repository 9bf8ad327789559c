import { z } from "@eosin/plugin-api/zod";
import { segmentationName } from "../segmentation-names.js";

export const segmentationOptions = z.strictObject({ segmentation: segmentationName });

export type SegmentationOptions = z.output<typeof segmentationOptions>;
