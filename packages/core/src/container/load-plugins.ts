import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { EosinError, type FileHasher, type PluginDefinition, type SourcePlace } from "@eosin/plugin-api";
import { createFileHasher } from "../files/file-hasher.js";
import { checkApiVersion, checkContractRange, checkVersionRange } from "./compatibility.js";
import { importPlugin } from "./import-plugin.js";
import type { FoundPlugin, LockedPlugin } from "./locked-plugin.js";
import { hashPlugin, SeenPackages } from "./plugin-hash.js";
import {
  findPluginPackage,
  isFolderRequest,
  mainFile,
  type PluginPackage,
  readPackageManifest,
} from "./plugin-package.js";
import type { PluginLoading, PluginSource } from "./plugin-source.js";
import { createRegistry, type LoadedPlugin, type PluginRegistry } from "./registry.js";

/**
 * Finds, checks and imports the plugins that a document names, and those that they require in turn.
 * @throws EosinError `PLUGIN_NOT_FOUND`, `PLUGIN_VERSION`, `PLUGIN_API_VERSION`, `PLUGIN_LOAD_FAILED`,
 * `PLUGIN_INVALID`, `DUPLICATE_PLUGIN`, `DUPLICATE_COMPONENT`, `DUPLICATE_KIND`, `DUPLICATE_SERVICE`
 */
export async function loadPlugins(source: PluginSource, how: PluginLoading): Promise<PluginRegistry> {
  const { baseFolder } = source;
  const found = Object.entries(source.plugins).map(([request, range]) => {
    const place = source.placeOf?.(["plugins", request]);
    const last = how.documentLast === true && !isFolderRequest(request);
    const plugin = findPluginPackage(request, last ? [...how.from, baseFolder] : [baseFolder, ...how.from], place);
    checkVersionRange(plugin.manifest.name ?? request, plugin.manifest.version, range, place);
    return { plugin, place };
  });
  return loadFound(found, how);
}

/** Imports packages that were found already, and those that they require in turn; throws as {@link loadPlugins} does. */
export function loadPluginPackages(found: readonly PluginPackage[], how: PluginLoading): Promise<PluginRegistry> {
  return loadFound(
    found.map((plugin) => ({ plugin })),
    how,
  );
}

async function loadFound(
  found: readonly { readonly plugin: PluginPackage; readonly place?: SourcePlace }[],
  how: PluginLoading,
): Promise<PluginRegistry> {
  await how.admit?.(found.map(({ plugin }) => plugin));
  const hasher = how.hasher ?? createFileHasher();
  const loaded = new Map<string, LoadedPlugin>();
  const seen = new SeenPackages();
  for (const { plugin, place } of found) await load(plugin, how.from, loaded, { hasher, seen }, place);
  return createRegistry([...loaded.values()]);
}

/** For commands that work without a document, e.g. `pipe list`. */
export function loadPluginsByName(
  plugins: { readonly [name: string]: string },
  baseFolder: string,
  how: PluginLoading,
): Promise<PluginRegistry> {
  return loadPlugins({ plugins, baseFolder }, how);
}

/**
 * Imports the plugins of a plan from the modules that it locked, without a search.
 * @throws EosinError `PLUGIN_CHANGED`: the files are no longer those that were planned with.
 */
export async function loadLockedPlugins(
  locks: { readonly [name: string]: LockedPlugin },
  hasher: FileHasher,
): Promise<PluginRegistry> {
  const seen = new SeenPackages();
  const loaded = await Promise.all(
    Object.entries(locks).map(async ([name, lock]): Promise<LoadedPlugin> => {
      await checkUnchanged(name, lock, hasher, seen);
      return { definition: await importPlugin(name, lock.module), found: lock, hash: async () => lock.hash };
    }),
  );
  return createRegistry(loaded);
}

async function load(
  found: PluginPackage,
  from: readonly string[],
  loaded: Map<string, LoadedPlugin>,
  hashing: { readonly hasher: FileHasher; readonly seen: SeenPackages },
  place?: SourcePlace,
): Promise<void> {
  const folder = pathToFileURL(found.folder).href;
  if ([...loaded.values()].some((each) => each.found.folder === folder)) return;
  const { manifest, module } = found;
  checkContractRange(found, place);
  const definition = await importPlugin(found.request, module, place);
  checkName(definition, found, place);
  checkApiVersion(found, definition.apiVersion, place);
  const plugin: LoadedPlugin = {
    definition,
    found: {
      version: manifest.version,
      apiVersion: definition.apiVersion,
      module,
      folder,
      requires: definition.requires,
    },
    hash: () => hashPlugin(found.folder, manifest, hashing.hasher, hashing.seen),
  };
  const same = loaded.get(definition.name);
  if (same) {
    // Two equal copies, e.g. one in the node_modules of each plugin that requires it: the first serves both.
    if ((await same.hash()) === (await plugin.hash())) return;
    throw duplicatePlugin(definition.name, same.found, plugin.found, place);
  }
  loaded.set(definition.name, plugin);
  for (const required of definition.requires) {
    await load(findPluginPackage(required, [found.folder, ...from], place), from, loaded, hashing, place);
  }
}

function duplicatePlugin(name: string, first: FoundPlugin, second: FoundPlugin, place?: SourcePlace): EosinError {
  return new EosinError({
    code: "DUPLICATE_PLUGIN",
    message: `Two different copies of the plugin ${name} would be loaded.`,
    place,
    expected: "one copy",
    found: `${first.version} in ${fileURLToPath(first.folder)} and ${second.version} in ${fileURLToPath(second.folder)}`,
    next: `Install one version for both: npm install ${name}@${first.version}, or remove one of the two folders.`,
  });
}

async function checkUnchanged(name: string, lock: LockedPlugin, hasher: FileHasher, seen: SeenPackages): Promise<void> {
  const folder = fileURLToPath(lock.folder);
  const manifest = readPackageManifest(folder);
  // The hash is over the folder: a plan that was edited must not pass another module off as one of it.
  const module = pathToFileURL(join(folder, mainFile(manifest))).href;
  if (module !== lock.module) throw changed(name, folder, lock.module, module);
  const hash = await hashPlugin(folder, manifest, hasher, seen);
  if (hash !== lock.hash) throw changed(name, folder, `hash ${lock.hash.slice(0, 12)}`, `hash ${hash.slice(0, 12)}`);
}

function changed(name: string, folder: string, expected: string, found: string): EosinError {
  return new EosinError({
    code: "PLUGIN_CHANGED",
    message: `The files of the plugin ${name} changed after the plan was made.`,
    place: folder,
    expected,
    found,
    next: "Run the document again: it is planned again, and what is finished is kept.",
  });
}

function checkName(definition: PluginDefinition, found: PluginPackage, place?: SourcePlace): void {
  if (found.manifest.name === undefined || definition.name === found.manifest.name) return;
  throw new EosinError({
    code: "PLUGIN_INVALID",
    message: `The plugin ${found.request} calls itself otherwise than its package does.`,
    place: place ?? found.module,
    expected: `definePlugin({ name: "${found.manifest.name}" })`,
    found: `definePlugin({ name: "${definition.name}" })`,
  });
}
