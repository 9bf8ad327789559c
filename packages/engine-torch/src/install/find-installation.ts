import { existsSync, readdirSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { messageOf } from "@eosin/support/message-of";
import { isTemporary } from "@eosin/support/temporary-file";
import {
  addonFile,
  type BlasLibrary,
  type InstallationInfo,
  infoFile,
  readInfo,
  type TorchInstallation,
  torchFolder,
} from "./installation.js";
import { describeProcessor } from "./processor.js";
import { addonFolder, hashSources } from "./sources.js";

export interface FindOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly sources?: string;
  /** As in `/proc/cpuinfo`. */
  readonly cpuinfo?: string;
}

export type InstallationSearch = TorchInstallation | { readonly fault: string } | undefined;

/**
 * The addon that was built before: `EOSIN_TORCH` (its file, with `installation.json` beside), else in the cache. Reads
 * small files only, and never throws.
 * @returns Why the one that is there can't be used, where it can't; nothing where there is none.
 */
export function findInstallation({
  env = process.env,
  sources = addonFolder,
  cpuinfo,
}: FindOptions = {}): InstallationSearch {
  const named = env.EOSIN_TORCH;
  const addons = named ? [named] : builtAddons(torchFolder(env));
  let fault: string | undefined;
  for (const addon of addons) {
    try {
      if (!existsSync(addon))
        throw new Error(`${named ? "EOSIN_TORCH names" : "there is no"} ${addon}${named ? ", which is missing" : ""}`);
      const info = readInfo(dirname(addon));
      const standsAgainst = faultOf(info, sources, cpuinfo);
      if (!standsAgainst) return { addon, info };
      fault ??= standsAgainst;
    } catch (error) {
      fault ??= `the addon is not usable: ${messageOf(error)}`;
    }
  }
  return fault === undefined ? undefined : { fault };
}

/** The builds in the engine's folder: of each kind of processor that shares it, one. */
export function builtAddons(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !isTemporary(name) && existsSync(join(folder, name, infoFile)))
    .sort()
    .map((name) => join(folder, name, addonFile));
}

function faultOf(info: InstallationInfo, sources: string, cpuinfo?: string): string | undefined {
  const library = join(info.libraryFolder, "libtorch_cpu.so");
  if (!existsSync(library)) return `libtorch ${info.version} is gone (${library})`;
  const processor = describeProcessor(cpuinfo);
  if (info.processor !== processor.key) {
    return `it was built for another processor (${info.processorModel}, ${info.instructionSet}) than this one (${processor.model}, ${processor.instructionSet})`;
  }
  if (info.sourcesHash !== hashSources(sources)) return "it was built from other sources than this version's";
  return info.about.blas && faultOfBlas(info.about.blas);
}

/** Sums differ between libraries in their last bits. */
function faultOfBlas({ link, file, name }: BlasLibrary): string | undefined {
  const now = existsSync(link) ? realpathSync(link) : undefined;
  if (now === file) return undefined;
  return `it was built beside ${name} (${file}), and this machine multiplies matrices with ${now ?? "another library"} now`;
}
