import type { z as zod } from "zod";
import type { ArtifactHandle, ArtifactType } from "./artifact.js";
import type { ComponentSpec } from "./component.js";
import type { KindDefinition } from "./kind.js";
import { z } from "./zod.js";

/**
 * An option that names a component: `{ uses, with }`. The core checks that it exists, has this kind, and that its own
 * options are right; the component that owns the option builds it with `context.create(spec)`.
 * @param kind e.g. `augmenterKind`.
 * @param more Keys beside `uses` and `with`, e.g. `{ p: z.number().min(0).max(1) }`.
 * @example
 * ```ts
 * import { augmenterKind, component, lossKind } from "@eosin/plugin-api";
 * import { z } from "zod";
 *
 * export const options = z.strictObject({
 *   loss: component(lossKind),
 *   choices: z.array(component(augmenterKind, { p: z.number().min(0).max(1) })),
 * });
 * ```
 */
export function component<Implementation, More extends z.ZodRawShape = Record<never, never>>(
  kind: KindDefinition<Implementation>,
  more?: More,
) {
  const schema = z.strictObject({
    uses: z.string(),
    with: z.record(z.string(), z.json()).default({}),
    kind: z.literal(kind.name).default(kind.name),
    plugin: z.string().optional(),
    ...(more as More),
  });
  // What it builds is known to the compiler alone.
  return schema as unknown as zod.ZodType<
    ComponentSpec<Implementation> & { readonly [Key in keyof More]: zod.output<More[Key]> }
  >;
}

/**
 * What a reference to a step (`${steps.train}`) becomes in the options: a name for its artifact, opened when the step runs.
 * @example
 * ```ts
 * import { artifact, type StepContext } from "@eosin/plugin-api";
 * import { modelArtifact } from "@eosin/plugin-api/learning";
 * import { z } from "zod";
 *
 * export const options = z.strictObject({ model: artifact(modelArtifact) });
 *
 * export async function parametersOf(context: StepContext, { model }: z.output<typeof options>): Promise<number> {
 *   const { value } = await context.open(model);
 *   return value.parameters;
 * }
 * ```
 */
export function artifact<Value>(type: ArtifactType<string, Value>) {
  const schema = z.strictObject({
    $artifact: z.strictObject({
      type: z.literal(type.name),
      /** The instance that writes it, e.g. `train[fold-0]`. */
      instance: z.string(),
      /** Which item of a planned list, e.g. `fold-0`. */
      item: z.string().optional(),
    }),
  });
  return schema as unknown as zod.ZodType<ArtifactHandle<Value>>;
}

/**
 * One artifact or, from a reference that gathers all instances of a step, a list of them (see `listOfHandles`).
 * @example
 * ```ts
 * import { artifacts } from "@eosin/plugin-api";
 * import { predictionsArtifact } from "@eosin/plugin-api/imaging";
 * import { z } from "zod";
 *
 * export const options = z.strictObject({ predictions: artifacts(predictionsArtifact) });
 * ```
 */
export function artifacts<Value>(type: ArtifactType<string, Value>) {
  const one = artifact(type);
  return z.union([one, z.array(one).min(1)]);
}
