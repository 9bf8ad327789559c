import type { AnyComponentDefinition } from "@eosin/plugin-api";
import { imageFiles } from "./image-files/definition.js";

export const predictComponents: readonly AnyComponentDefinition[] = [imageFiles];
