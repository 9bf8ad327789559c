import type { ComponentSpec } from "./component.js";
import type { JsonValue } from "./json.js";
import { z } from "./zod.js";

/** Any plain JSON value; that it is plain, the core checks of whole values. */
export const anyJson: z.ZodType<JsonValue> = z.custom<JsonValue>((value) => value !== undefined);

/** A component that a value names: see {@link ComponentSpec}. */
export function componentSpec<Implementation>(): z.ZodType<ComponentSpec<Implementation>> {
  return z.object({
    uses: z.string(),
    with: z.record(z.string(), anyJson),
    kind: z.string(),
    plugin: z.string().optional(),
  });
}

/** As a schema, of each value once: a data set that many values share, such as folds, is not looked through again. */
export function onceFor<Value extends object>(schema: z.ZodType<Value>): z.ZodType<Value> {
  const fitting = new WeakSet<object>();
  return z.custom<Value>().superRefine((value, context) => {
    if (typeof value === "object" && value !== null && fitting.has(value)) return;
    const { error } = schema.safeParse(value);
    if (error === undefined) fitting.add(value);
    else for (const { path, message } of error.issues) context.addIssue({ code: "custom", path, message });
  });
}

/** A count, 0 at least. */
export const count = z.number().int().min(0);

/** A number of pixels, 1 at least. */
export const pixels = z.number().int().min(1);

/** A width and a height in pixels. */
export const size = z.object({ width: pixels, height: pixels });
