import type { AnyComponentDefinition } from "@eosin/plugin-api";
import { adam } from "./adam/definition.js";
import { sgd } from "./sgd/definition.js";

export const optimizerComponents: readonly AnyComponentDefinition[] = [adam, sgd];
