import { z } from "./zod.js";

/**
 * An option that names a component: `{ uses, with }`. The core checks that it exists, has this kind, and that its own
 * options are right; the component that owns the option builds it with `context.create(spec)`.
 * @param more Keys beside `uses` and `with`, e.g. `{ p: z.number().min(0).max(1) }`.
 */
export function component<Kind extends string, More extends z.ZodRawShape = Record<never, never>>(
  kind: Kind,
  more?: More,
) {
  return z.strictObject({
    uses: z.string(),
    with: z.record(z.string(), z.json()).default({}),
    kind: z.literal(kind).default(kind as never),
    plugin: z.string().optional(),
    ...(more as More),
  });
}

/** What a reference to a step (`${steps.train}`) becomes in the options: a name for its artifact, opened when the step runs. */
export function artifact<Type extends string>(type: Type) {
  return z.strictObject({
    $artifact: z.strictObject({
      type: z.literal(type),
      /** The instance that writes it, e.g. `train[fold-0]`. */
      instance: z.string(),
      /** Which item of a planned list, e.g. `fold-0`. */
      item: z.string().optional(),
    }),
  });
}

/** One artifact or, from a reference that gathers all instances of a step, a list of them (see `listOfHandles`). */
export function artifacts<Type extends string>(type: Type) {
  const one = artifact(type);
  return z.union([one, z.array(one).min(1)]);
}
