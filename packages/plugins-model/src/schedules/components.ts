import type { AnyComponentDefinition } from "@eosin/plugin-api";
import { constant } from "./constant/definition.js";
import { cosine } from "./cosine/definition.js";
import { polynomial } from "./polynomial/definition.js";

export const scheduleComponents: readonly AnyComponentDefinition[] = [constant, cosine, polynomial];
