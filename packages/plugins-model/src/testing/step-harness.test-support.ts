import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import engine from "@eosin/engine";
import {
  type AnyComponentDefinition,
  type Artifact,
  type ArtifactHandle,
  type ComponentContext,
  type ComponentSpec,
  createRng,
  type JsonValue,
  type KindDefinition,
  type Logger,
  type PluginDefinition,
  type PluginModules,
  type ProgressUpdate,
  type ServiceProvider,
  type StepComponent,
  type StepContext,
} from "@eosin/plugin-api";
import type { Split } from "@eosin/plugin-api/imaging";
import { type EngineIdentity, type EngineProvider, engineProvider } from "@eosin/plugin-api/learning";
import data from "@eosin/plugins-data";
import stain from "@eosin/plugins-stain";
import { afterAll } from "vitest";
import model from "../index.js";
import disks from "./disks-plugin.mjs";

const url = (specifier: string) => import.meta.resolve(specifier);

const plugins: readonly PluginDefinition[] = [model, data, stain, disks];

export const modules: PluginModules = {
  "@eosin/plugins-data": url("@eosin/plugins-data"),
  "@eosin/plugins-model": url("@eosin/plugins-model"),
  "@eosin/plugins-stain": url("@eosin/plugins-stain"),
  "disks-plugin": new URL("./disks-plugin.mjs", import.meta.url).href,
};

const built = new Map<symbol, unknown>();
const quiet: Logger = { info: () => {}, warn: () => {} };

export const services: ServiceProvider = {
  async get(token) {
    if (!built.has(token.symbol)) {
      const binding = [...engine.services, ...data.services].find((each) => each.token.symbol === token.symbol);
      built.set(token.symbol, await binding!.create({ services, log: quiet }));
    }
    return built.get(token.symbol) as never;
  },
};

function limit(memoryLimitBytes: number): ServiceProvider {
  return {
    async get(token) {
      const service = await services.get(token);
      if (token.symbol !== engineProvider.symbol) return service;
      const provider = service as unknown as EngineProvider;
      const open: EngineProvider["open"] = async (of) => ({ ...(await provider.open(of)), memoryLimitBytes });
      return { ...provider, open } as never;
    },
  };
}

export async function engineIdentity(name: string): Promise<EngineIdentity> {
  const provider = await services.get(engineProvider);
  return (await provider.choose({ name, precision: "float32", threads: 1 })).identity;
}

/** As the core makes it: options parsed, the plugin named. */
export function spec<Implementation>(
  { name: kind }: KindDefinition<Implementation>,
  uses: string,
  options: { [name: string]: unknown } = {},
): ComponentSpec<Implementation> {
  const plugin = plugins.find(({ components }) => components.some(({ type }) => type === uses))!.name;
  return { uses, kind, plugin, with: definitionOf(uses).options.parse(options) };
}

export function definitionOf(uses: string): AnyComponentDefinition {
  return plugins.flatMap(({ components }) => components).find(({ type }) => type === uses)!;
}

export const handle = <Type extends string>(type: Type, instance: string): ArtifactHandle<Type> => ({
  $artifact: { type, instance },
});

export interface RunOptions {
  readonly artifacts: { readonly [instance: string]: Partial<Artifact<unknown>> };
  readonly scratch?: string;
  readonly engine?: EngineIdentity;
  readonly signal?: AbortSignal;
  readonly seed?: number;
  /** Instead of the engine's own limit. */
  readonly memoryLimitBytes?: number;
  onProgress?(update: ProgressUpdate): void;
}

export interface StepRun {
  readonly value: JsonValue;
  /** Folder of the blobs. */
  readonly blobs: string;
  readonly log: readonly string[];
}

/** Runs one step without the core. */
export async function runStep(uses: string, options: { [name: string]: unknown }, how: RunOptions): Promise<StepRun> {
  const definition = definitionOf(uses);
  const blobs = await temporaryFolder();
  const scratch = how.scratch ?? (await temporaryFolder());
  const lines: string[] = [];
  const log: Logger = { info: (line) => lines.push(line), warn: (line) => lines.push(`warning: ${line}`) };
  const seed = how.seed ?? 42;
  const context = contextFor(definition.options.parse(options), log);
  const limited = how.memoryLimitBytes === undefined ? context : { ...context, services: limit(how.memoryLimitBytes) };
  const component = (await definition.create(limited)) as StepComponent;
  const write = async (name: string, bytes: Uint8Array | string) => {
    await mkdir(dirname(join(blobs, name)), { recursive: true });
    await writeFile(join(blobs, name), bytes);
  };
  const step: StepContext = {
    instance: "step",
    axes: {},
    seed,
    threads: 1,
    signal: how.signal ?? new AbortController().signal,
    log,
    output: { write, moveIn: (name, path) => rename(path, join(blobs, name)) },
    scratch,
    baseFolder: scratch,
    engine: how.engine,
    provenance: {
      document: { name: "test", file: "test.yaml" },
      params: {},
      seed,
      plugins: {},
      steps: [],
      looks: [],
    },
    drawSteps: async () => "<svg/>",
    open: async (of) => how.artifacts[of.$artifact.instance] as never,
    openItems: async (of) => [how.artifacts[of.$artifact.instance].value as never],
    progress: (update) => how.onProgress?.(update),
    rng: (...key) => createRng(seed, uses, ...key),
  };
  return { value: (await component.run(step)) as JsonValue, blobs, log: lines };
}

export function contextFor<Options>(options: Options, log = quiet, state?: JsonValue): ComponentContext<Options> {
  return {
    options,
    services,
    log,
    modules,
    state,
    create: async (inner, innerState) =>
      (await definitionOf(inner.uses).create(contextFor(inner.with, log, innerState))) as never,
  };
}

/**
 * A split of disks over two domains.
 * @param blank Ids of patches without anything on them. @param ignored By id, the left share whose labels are ignored.
 */
export function diskSplit(
  counts: { train: number; validation: number; test: number },
  width = 64,
  height = width,
  blank: readonly string[] = [],
  ignored?: { readonly [id: string]: number },
): Split {
  const ids = Array.from({ length: counts.train + counts.validation + counts.test }, (_, i) => `disk-${i}`);
  const samples = ids.map((id, i) => ({ id, domain: i % 2 ? "b" : "a", width, height, hash: id, source: null }));
  const reader = {
    uses: "test/disks",
    kind: "dataset",
    plugin: "disks-plugin",
    with: { blank: [...blank], ...(ignored && { ignored }) },
  };
  return {
    key: "fold-0",
    dataset: { name: "disks", summary: "disks", reader, samples },
    train: ids.slice(0, counts.train),
    validation: ids.slice(counts.train, counts.train + counts.validation),
    test: ids.slice(counts.train + counts.validation),
  };
}

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "eosin-model-"));
  folders.push(folder);
  return folder;
}

/** The folder of a run as an artifact that other steps open. */
export async function asArtifact({ value, blobs }: StepRun, type: string): Promise<Artifact<never>> {
  return {
    type,
    instance: type,
    axes: {},
    value: value as never,
    blobNames: (await readdir(blobs)).sort(),
    blobPath: (name) => join(blobs, name),
  };
}
