import type { z } from "zod";
import { type ComponentDefinition, defineComponent } from "../component.js";
import type { Mask } from "./image.js";

/** Cleans a predicted mask. */
export interface Postprocess {
  apply(mask: Mask): Mask;
}

export function definePostprocess<Schema extends z.ZodObject>(
  definition: Omit<ComponentDefinition<"postprocess", Schema, Postprocess>, "$eosin" | "kind">,
): ComponentDefinition<"postprocess", Schema, Postprocess> {
  return defineComponent({ ...definition, kind: "postprocess" });
}
