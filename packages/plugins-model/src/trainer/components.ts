import type { AnyComponentDefinition } from "@eosin/plugin-api";
import { trainer } from "./definition.js";

export const trainerComponents: readonly AnyComponentDefinition[] = [trainer];
