import type { ComponentContext, ComponentSpec, Fallback, JsonValue, Logger } from "@eosin/plugin-api";
import type { Augmenter, Normalizer, RgbImage, Sample, Separator } from "@eosin/plugin-api/imaging";
import type { z } from "@eosin/plugin-api/zod";
import plugin from "../index.js";

export interface Built<Implementation> {
  readonly it: Implementation;
  readonly warnings: readonly string[];
  /** What these warnings were about. */
  readonly fallbacks: readonly Fallback[];
}

/** Builds a component of this package as the core does: options validated, nested components built by type. */
async function build<Implementation>(type: string, options: object, state?: JsonValue): Promise<Built<Implementation>> {
  const warnings: string[] = [];
  const fallbacks: Fallback[] = [];
  const log: Logger = {
    info: () => {},
    warn: (message, about) => {
      warnings.push(message);
      if (about) fallbacks.push(about);
    },
  };
  const make = async (uses: string, given: object, itsState?: JsonValue): Promise<unknown> => {
    const definition = plugin.components.find((each) => each.type === uses);
    if (!definition) throw new Error(`no component ${uses}`);
    const context: ComponentContext<unknown> = {
      options: (definition.options as z.ZodObject).parse(given),
      state: itsState,
      log,
      modules: {},
      services: { get: () => Promise.reject(new Error("no services")) },
      create: <T>(spec: ComponentSpec, inner?: JsonValue) => make(spec.uses, spec.with, inner) as Promise<T>,
    };
    return definition.create(context);
  };
  return { it: (await make(type, options, state)) as Implementation, warnings, fallbacks };
}

export const buildAugmenter = (type: string, options: object = {}, state?: JsonValue) =>
  build<Augmenter>(type, options, state);
export const buildNormalizer = (type: string, options: object = {}, state?: JsonValue) =>
  build<Normalizer>(type, options, state);

export const buildSeparator = (type: string, options: object = {}) => build<Separator>(type, options);

export async function* stream<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  for (const item of items) yield item;
}

export function sampleOf(image: RgbImage, id = "patch"): Sample {
  return { id, domain: "scanner", image };
}
