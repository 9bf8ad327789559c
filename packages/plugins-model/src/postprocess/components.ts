import type { AnyComponentDefinition } from "@eosin/plugin-api";
import { minorRegionFilter } from "./minor-region-filter/definition.js";
import { morphology } from "./morphology/definition.js";

export const postprocessComponents: readonly AnyComponentDefinition[] = [minorRegionFilter, morphology];
