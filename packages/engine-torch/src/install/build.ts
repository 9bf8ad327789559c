import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EngineInstallation } from "@eosin/plugin-api/learning";
import { renameDurably, syncFile } from "@eosin/support/durable-file";
import { sha256Of } from "@eosin/support/sha256";
import { removeAbandonedIn, temporaryBeside } from "@eosin/support/temporary-file";
import { askAddon } from "./ask-addon.js";
import { compileAddon } from "./compile.js";
import { type Compiler, findCompiler } from "./compiler.js";
import { builtAddons } from "./find-installation.js";
import { codeFlags, includeFlags, linkFlags } from "./flags.js";
import { addonFile, type InstallationInfo, readInfo, type TorchInstallation, torchFolder } from "./installation.js";
import type { Libtorch } from "./library.js";
import { describeProcessor } from "./processor.js";
import { addonFolder, hashSources } from "./sources.js";
import { writeInfo } from "./write-info.js";

export interface BuildOptions {
  /** The engine's, in the cache. */
  readonly folder?: string;
  readonly sources?: string;
  readonly compiler?: Compiler;
}

/** Equal where a build would give the same addon for the same library. */
export function buildHash(library: Libtorch, sources: string = addonFolder): string {
  const flags = [...codeFlags(library), ...includeFlags(library), ...linkFlags(library)];
  return digest([hashSources(sources), library.version, describeProcessor().key, ...flags]);
}

/**
 * Builds the addon against a libtorch, for this machine's processor, and loads it once. It is complete in its folder
 * or not at all; builds that it replaces are removed.
 * @throws EosinError `ENGINE_INSTALL_FAILED`; the signal's reason where it is aborted.
 */
export async function buildAddon(
  library: Libtorch,
  how: Pick<EngineInstallation, "progress" | "signal">,
  { folder = torchFolder(), sources = addonFolder, compiler }: BuildOptions = {},
): Promise<TorchInstallation> {
  const chosen = compiler ?? (await findCompiler());
  const hash = buildHash(library, sources);
  // Before they are compiled: what is edited meanwhile then counts as another version.
  const sourcesHash = hashSources(sources);
  const target = join(folder, `${library.version}-${hash.slice(0, 12)}`);
  // What builds that were killed left.
  removeAbandonedIn(folder);
  const working = temporaryBeside(target);
  const [objects, result] = [join(working, "objects"), join(working, "result")];
  try {
    for (const each of [objects, result]) mkdirSync(each, { recursive: true });
    const addon = join(result, addonFile);
    await compileAddon({ compiler: chosen, library, sources, folder: objects, addon }, how);
    const info = await describeBuild(addon, { library, sourcesHash, compiler: chosen, hash }, how.signal);
    await writeInfo(result, info);
    await syncFile(addon);
    rmSync(target, { recursive: true, force: true });
    await renameDurably(result, target);
    removeReplaced(folder, target, info);
    return { addon: join(target, addonFile), info };
  } finally {
    rmSync(working, { recursive: true, force: true });
  }
}

async function describeBuild(
  addon: string,
  {
    library,
    sourcesHash,
    compiler,
    hash,
  }: { library: Libtorch; sourcesHash: string; compiler: Compiler; hash: string },
  signal: AbortSignal,
): Promise<InstallationInfo> {
  const about = await askAddon(addon, signal);
  const { key, model, instructionSet } = describeProcessor();
  return {
    version: library.version,
    kind: library.kind,
    libraryFolder: library.libraryFolder,
    about,
    instructionSet,
    processor: key,
    processorModel: model,
    compiler: compiler.version,
    sourcesHash,
    codeHash: digest([sourcesHash, compiler.version, ...codeFlags(library)]),
    buildHash: hash,
  };
}

/** Those for other processors stay: machines may share a home folder. */
function removeReplaced(folder: string, target: string, { processor }: InstallationInfo): void {
  for (const old of builtAddons(folder).map(dirname)) {
    if (old !== target && processorOf(old) === processor) rmSync(old, { recursive: true, force: true });
  }
  function processorOf(built: string): string {
    try {
      return readInfo(built).processor;
    } catch {
      return processor;
    }
  }
}

function digest(parts: readonly string[]): string {
  return sha256Of(parts.join("\0"));
}
