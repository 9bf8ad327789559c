import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { EngineInstallation } from "@eosin/plugin-api/learning";
import { addonFile, type InstallationInfo, infoFile } from "./installation.js";
import { describeProcessor } from "./processor.js";
import { hashSources } from "./sources.js";

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "eosin-"));

/** @param files Paths inside the folder, with their content. @returns The folder. */
export function writeFiles(folder: string, files: { readonly [path: string]: string }): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** The file of a program that is this shell script. */
export function program(name: string, shellScript: string, folder = temporaryFolder()): string {
  const file = join(folder, name);
  writeFiles(folder, { [name]: `#!/bin/sh\n${shellScript}\n` });
  chmodSync(file, 0o755);
  return file;
}

export const headersOf = (version: string): { readonly [path: string]: string } => {
  const [major, minor, patch] = version.split(".");
  const numbers = `#define TORCH_VERSION_MAJOR ${major}\n#define TORCH_VERSION_MINOR ${minor}\n#define TORCH_VERSION_PATCH ${patch}\n`;
  return { "ATen/ATen.h": "", "torch/csrc/api/include/torch/version.h": numbers };
};
export const emptyLibraries = { "libtorch.so": "", "libtorch_cpu.so": "", "libc10.so": "" } as const;

/** A folder with `include` and `lib` as a libtorch of the version has them, without content. */
export function emptyLibtorch(version: string, folder = temporaryFolder()): string {
  writeFiles(join(folder, "include"), headersOf(version));
  writeFiles(join(folder, "lib"), emptyLibraries);
  return folder;
}

/** Lays a build down in the cache. @returns The addon's file. */
export function writeBuild(
  cache: string,
  libtorch: string,
  more: Partial<InstallationInfo> = {},
  name = "2.0.0-a",
): string {
  const processor = describeProcessor();
  const info: InstallationInfo = {
    version: "2.0.0",
    kind: "named",
    libraryFolder: join(libtorch, "lib"),
    about: { version: "2.0.0", cuda: false, devices: [], graphs: false, bf16: false, threads: 1 },
    instructionSet: processor.instructionSet,
    processor: processor.key,
    processorModel: processor.model,
    compiler: "g++",
    sourcesHash: hashSources(),
    codeHash: "c0de",
    buildHash: "b11d",
    ...more,
  };
  const folder = join(cache, "engines/torch", name);
  writeFiles(folder, { [addonFile]: "", [infoFile]: JSON.stringify(info) });
  return join(folder, addonFile);
}

/** Agrees to everything, and remembers what was said. */
export function agreeing(said: string[] = []): EngineInstallation {
  return {
    assumeYes: true,
    force: false,
    confirm: async () => false,
    say: (line) => said.push(line),
    progress: () => {},
    signal: new AbortController().signal,
  };
}
