import type { AnyComponentDefinition } from "@eosin/plugin-api";
import { allForeground } from "./all-foreground/definition.js";
import { colour } from "./colour/definition.js";

export const baselineComponents: readonly AnyComponentDefinition[] = [allForeground, colour];
