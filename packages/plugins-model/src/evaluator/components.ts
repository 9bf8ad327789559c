import type { AnyComponentDefinition } from "@eosin/plugin-api";
import { ttaEvaluator } from "./definition.js";

export const evaluatorComponents: readonly AnyComponentDefinition[] = [ttaEvaluator];
