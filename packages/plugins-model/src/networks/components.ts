import type { AnyComponentDefinition } from "@eosin/plugin-api";
import { multitaskUnet } from "./multitask-unet/definition.js";
import { unet } from "./unet/definition.js";

export const networkComponents: readonly AnyComponentDefinition[] = [multitaskUnet, unet];
