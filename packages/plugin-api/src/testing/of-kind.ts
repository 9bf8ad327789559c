import type { AnyComponentDefinition, DefinitionOf } from "../component.js";
import type { KindDefinition } from "../kind.js";

/**
 * The components of a kind, e.g. to check all of a plugin's augmenters.
 * @example
 * ```ts
 * import { type AnyComponentDefinition, augmenterKind } from "@eosin/plugin-api";
 * import { checkAugmenter, ofKind } from "@eosin/plugin-api/testing";
 *
 * export async function checkAll(components: readonly AnyComponentDefinition[]): Promise<void> {
 *   for (const [, definition] of ofKind(augmenterKind, components)) await checkAugmenter(definition);
 * }
 * ```
 * @returns Type and definition of each.
 */
export function ofKind<Implementation>(
  { name }: KindDefinition<Implementation>,
  components: readonly AnyComponentDefinition[],
): readonly (readonly [type: string, definition: DefinitionOf<Implementation>])[] {
  // A component of a kind implements what the kind says.
  return components
    .filter(({ kind }) => kind === name)
    .map((each) => [each.type, each as DefinitionOf<Implementation>] as const);
}
