import type { z } from "zod";
import { type ComponentDefinition, defineComponent } from "./component.js";
import type { KindDefinition } from "./kind.js";

/** What `defineLoss` and its siblings take: a component without the parts that its kind gives. */
export type PartDefinition<Schema extends z.ZodObject, Implementation> = Omit<
  ComponentDefinition<string, Schema, Implementation>,
  "$eosin" | "kind"
>;

/**
 * Makes the function that defines components of a kind: `create` must give what the kind says.
 * @example
 * ```ts
 * import { defineKind, kindHelper } from "@eosin/plugin-api";
 *
 * export interface Sampler {
 *   choose(ids: readonly string[]): readonly string[];
 * }
 *
 * export const samplerKind = defineKind<Sampler>({ name: "sampler", role: "part", summary: "Chooses patches." });
 * export const defineSampler = kindHelper(samplerKind);
 * ```
 */
export function kindHelper<Implementation>({ name }: KindDefinition<Implementation>) {
  return <Schema extends z.ZodObject>(definition: PartDefinition<Schema, Implementation>) =>
    defineComponent<string, Schema, Implementation>({ ...definition, kind: name });
}
