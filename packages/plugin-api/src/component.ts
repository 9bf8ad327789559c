import type { z } from "zod";
import type { ArtifactType } from "./artifact.js";
import type { PlannedInputs, RefusedSetting } from "./check.js";
import type { EngineIdentity } from "./engine-identity.js";
import type { JsonValue } from "./json.js";
import type { Logger } from "./logger.js";
import type { ServiceProvider } from "./service.js";

/**
 * A component named inside options, as the plan holds it: validated, defaults filled in, plain JSON.
 * Written in a document as `{ uses: "stain/hed-jitter", with: { … } }`.
 */
export interface ComponentSpec<Implementation = unknown> {
  readonly uses: string;
  readonly with: { readonly [option: string]: JsonValue };
  readonly kind: string;
  /** The package that defines it; set by the core while planning. */
  readonly plugin?: string;
  /** Carries the type of what it builds; never set. */
  readonly $implementation?: Implementation;
}

/** Which module (a `file:` URL) holds each plugin: enough to build its components in another thread. */
export type PluginModules = { readonly [plugin: string]: string };

/**
 * What a component is made with.
 * @example
 * ```ts
 * import { type ComponentContext, type ComponentSpec, type StepComponent } from "@eosin/plugin-api";
 * import { type Postprocess, sampleLoader } from "@eosin/plugin-api/imaging";
 *
 * interface Options {
 *   readonly clean: readonly ComponentSpec<Postprocess>[];
 * }
 *
 * export async function create({ options, services, create }: ComponentContext<Options>): Promise<StepComponent> {
 *   const loader = await services.get(sampleLoader);
 *   const cleaners = await Promise.all(options.clean.map((spec) => create(spec)));
 *   return { run: async () => ({ reads: loader !== undefined, cleaners: cleaners.length }) };
 * }
 * ```
 * @given
 */
export interface ComponentContext<Options> {
  readonly options: Options;
  readonly services: ServiceProvider;
  readonly log: Logger;
  readonly modules: PluginModules;
  /**
   * Builds a component that the options name.
   * @param state What its `fit` returned, where it has one.
   * @throws EosinError `COMPONENT_MISSING`, and what the component throws
   */
  create<Implementation>(spec: ComponentSpec<Implementation>, state?: JsonValue): Promise<Implementation>;
  /** What this component's `fit` returned, where it has one. */
  readonly state?: JsonValue;
  /** For `estimate` alone: what planning made, for one of the instances that differ in the items of such inputs alone. */
  readonly inputs?: PlannedInputs;
}

/**
 * What an instance takes of a machine while it runs. Device and threads are those of the plan's engine unless said; without
 * an engine, one thread of the CPU.
 */
export interface ResourceNeed {
  /** Threads that the component keeps busy, loaders not counted. */
  readonly threads?: number;
  /**
   * Threads that load samples for it; 1 where it uses an engine, unless said. The first one is not counted beside those
   * of a CPU, for which it waits nearly all the time.
   */
  readonly loaders?: number;
  /** Bytes of the machine's memory at the peak, where options alone tell; else `estimate` is asked before it runs. */
  readonly memoryBytes?: number;
  /** Of those that take the `gpu` only one runs at a time. */
  readonly device?: "cpu" | "gpu";
}

/** What an instance is expected to need, told before anything runs. */
export interface CostEstimate {
  /** Bytes of memory at the peak of one unit of work. */
  readonly peakBytes: number;
  /**
   * Bytes of the machine's memory that the instance takes at its peak, where that is not `peakBytes`: work that is split
   * takes less, and on a GPU tensors take none of it. Instances that together exceed the machine's do not run at once.
   */
  readonly memoryBytes?: number;
  /** Floating-point operations of one unit of work; a multiply-add counts as two. */
  readonly flops: number;
  /** What the unit of work is, e.g. `training step on a batch of 32`. */
  readonly unit: string;
  /** Sentences for the user, e.g. what a smaller unit would need. */
  readonly remarks: readonly string[];
}

/**
 * The declaration of a component: cheap to load (no tensors, no native code), so that planning stays fast.
 * The heavy part belongs in a module of its own that `create` imports.
 */
export interface ComponentDefinition<
  Kind extends string = string,
  Schema extends z.ZodObject = z.ZodObject,
  Implementation = unknown,
> {
  readonly $eosin: "component";
  readonly kind: Kind;
  /** `family/name`, lower-case with hyphens; unique among the loaded plugins. */
  readonly type: string;
  /** One sentence for `pipe list`. */
  readonly summary: string;
  /** Unknown keys are refused at every depth, whether or not the schema is strict. */
  readonly options: Schema;
  /**
   * Options (by top-level key, or as `key.name` one below) that hold paths of files or folders, relative to the document:
   * fingerprinted by content.
   */
  readonly files?: readonly string[];
  /** Options (by top-level key) that no result depends on, e.g. a number of worker threads: not in the fingerprint. */
  readonly immaterial?: readonly string[];
  /**
   * For kinds that are steps: options (by top-level key) that do with the rest where some of their artifacts could
   * not be made. A list loses those members, an optional artifact is left out, and `StepContext.missing` tells which and
   * why. A step whose other options lack an artifact, or that would have none left of what it requires, is skipped.
   */
  readonly doesWithout?: readonly string[];
  /** For kinds that are steps: the type of the artifact that they write, e.g. `modelArtifact`. */
  readonly produces?: ArtifactType;
  /** Set where results depend on the tensor engine: its name, version, precision and threads join the fingerprint. */
  readonly usesEngine?: boolean;
  /**
   * For kinds that are steps: what an instance takes of a machine. It decides when the instance starts, never what
   * that computes, so it is not in the fingerprint. Every plan asks: it reads the options, and nothing else.
   */
  readonly resources?: (options: z.output<Schema>) => ResourceNeed;
  /**
   * For kinds that are steps: what `pipe plan` prints, and what a run asks of instances on the CPU before they
   * start. Reads no artifact but `context.inputs`.
   * @param engine The identity of the engine that the plan chose.
   */
  estimate?(context: ComponentContext<z.output<Schema>>, engine?: EngineIdentity): Promise<CostEstimate>;
  /**
   * For kinds that are steps: the settings that `run` would refuse, told while documents are validated and planned.
   * Cheap, since every plan asks: it reads no pixels and opens no engine. Faults of the data belong to `run`.
   */
  check?(context: ComponentContext<z.output<Schema>>, inputs: PlannedInputs): Promise<readonly RefusedSetting[]>;
  create(context: ComponentContext<z.output<Schema>>): Implementation | Promise<Implementation>;
}

/** The definition of a component that implements this, whatever its options. */
// biome-ignore lint/suspicious/noExplicitAny: options are contravariant in `create`; the core passes validated ones only
export type DefinitionOf<Implementation> = ComponentDefinition<string, any, Implementation>;

/** Anything that {@link defineComponent} makes. */
export type AnyComponentDefinition = DefinitionOf<unknown>;

/**
 * Defines a component of a kind that is given by name. Where the kind has a helper (`defineLoss`, `defineAugmenter`, …, or one
 * that `kindHelper` made) use that: it also checks what `create` gives.
 * @example
 * ```ts
 * import { defineComponent, noOptions } from "@eosin/plugin-api";
 *
 * export const everySecond = defineComponent({
 *   kind: "sampler",
 *   type: "my/every-second",
 *   summary: "Takes every second patch.",
 *   options: noOptions,
 *   create: () => ({ choose: (ids: readonly string[]) => ids.filter((_, i) => i % 2 === 0) }),
 * });
 * ```
 */
export function defineComponent<Kind extends string, Schema extends z.ZodObject, Implementation>(
  definition: Omit<ComponentDefinition<Kind, Schema, Implementation>, "$eosin">,
): ComponentDefinition<Kind, Schema, Implementation> {
  return { $eosin: "component", ...definition };
}
