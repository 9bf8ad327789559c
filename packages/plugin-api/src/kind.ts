/**
 * What the core does with components of a kind.
 *
 * - `planned`: the component is a step and runs while planning; its implementation is {@link PlannedComponent}.
 * - `step`: the component is a step and runs in its own process; its implementation is {@link StepComponent}.
 * - `part`: the component is named inside another component's options (`{ uses, with }`).
 */
export type KindRole = "planned" | "step" | "part";

/** A family of components that share one documented interface. */
export interface KindDefinition<Implementation = unknown> {
  readonly $eosin: "kind";
  /** Lower-case word, e.g. `augmenter`. */
  readonly name: string;
  readonly role: KindRole;
  readonly summary: string;
  /** Carries the type that components of the kind implement; never set. */
  readonly $implementation?: Implementation;
}

/**
 * Defines a kind of a plugin's own, beside the built-in ones. The plugin lists it under `kinds`.
 * @example
 * ```ts
 * import { defineKind, kindHelper, noOptions } from "@eosin/plugin-api";
 *
 * // Chooses the patches of an epoch.
 * export interface Sampler {
 *   choose(ids: readonly string[]): readonly string[];
 * }
 *
 * export const samplerKind = defineKind<Sampler>({ name: "sampler", role: "part", summary: "Chooses patches." });
 * export const defineSampler = kindHelper(samplerKind);
 *
 * export const all = defineSampler({
 *   type: "my/all",
 *   summary: "Takes every patch.",
 *   options: noOptions,
 *   create: () => ({ choose: (ids) => ids }),
 * });
 * ```
 */
export function defineKind<Implementation>(
  kind: Omit<KindDefinition<Implementation>, "$eosin" | "$implementation">,
): KindDefinition<Implementation> {
  return { $eosin: "kind", ...kind };
}
