import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "@eosin/support/cache-folder";
import type { Libtorch } from "./library.js";

/** What the addon says of itself. */
export interface TorchAbout {
  readonly version: string;
  readonly cuda: boolean;
  /** GPUs. Memory in bytes, absent where the addon was built without CUDA's headers. */
  readonly devices: readonly { readonly name: string; readonly memory?: number }[];
  /** Whether the addon records CUDA graphs. */
  readonly graphs: boolean;
  /** Whether the compiler was told of bfloat16 instructions. */
  readonly bf16: boolean;
  readonly threads: number;
  /** Absent where libtorch brings its own. */
  readonly blas?: BlasLibrary;
}

/** What multiplies matrices for a libtorch that was linked with another library. */
export interface BlasLibrary {
  /** Where the loader found it: on Debian a link to the one of several that was chosen. */
  readonly link: string;
  /** What the link led to when the addon was built. */
  readonly file: string;
  /** e.g. `OpenBLAS 0.3.21`, else the file's name. */
  readonly name: string;
}

/** Stands beside the addon as `installation.json`. */
export interface InstallationInfo {
  /** Of libtorch. */
  readonly version: string;
  readonly kind: Libtorch["kind"];
  readonly libraryFolder: string;
  readonly about: TorchAbout;
  readonly instructionSet: string;
  /** `processor` is a key that only equals itself, `processorModel` for people. */
  readonly processor: string;
  readonly processorModel: string;
  readonly compiler: string;
  /** Of the addon's sources. */
  readonly sourcesHash: string;
  /** Of all that decides its machine code: sources, flags, the compiler's version. */
  readonly codeHash: string;
  /** Of what was asked for: sources, flags with their paths, the processor. */
  readonly buildHash: string;
}

export interface TorchInstallation {
  /** The file to load. */
  readonly addon: string;
  readonly info: InstallationInfo;
}

export const addonFile = "eosin-torch.node";
export const infoFile = "installation.json";

/** Where the addon is built to and libtorch is downloaded to: `$EOSIN_CACHE/engines/torch`, else under `~/.cache/eosin`. */
export function torchFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(cacheFolder(env), "engines", "torch");
}

/** @throws Error where the file is not there, or not such a one. */
export function readInfo(folder: string): InstallationInfo {
  const info = JSON.parse(readFileSync(join(folder, infoFile), "utf8")) as InstallationInfo;
  const texts = [
    info.version,
    info.libraryFolder,
    info.instructionSet,
    info.processor,
    info.sourcesHash,
    info.codeHash,
  ];
  if (!texts.every((text) => typeof text === "string") || !Array.isArray(info.about?.devices)) {
    throw new Error(`${infoFile} lacks entries`);
  }
  return info;
}
