import type { AnyComponentDefinition, DefinitionOf } from "../component.js";
import type { KindDefinition } from "../kind.js";

/**
 * The components of a kind, e.g. to check all of a plugin's augmenters.
 * @example
 * it.each(ofKind(augmenterKind, components))("%s", (type, definition) => checkAugmenter(definition));
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
