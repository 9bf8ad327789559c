import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { unpack } from "@publint/pack";
import { pathWithPnpm, root } from "./pinned-pnpm.js";

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly [key: string]: unknown;
}

/** A package as the registry would get it. */
export interface PackedPackage {
  readonly name: string;
  /** Its folder in the workspace. */
  readonly folder: string;
  readonly tarball: Buffer;
  readonly manifest: Manifest;
  /** Path inside the package → content. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Packs every package of the workspace into `target`, as publishing does: ranges of the workspace become versions. */
export async function packPackages(target: string): Promise<readonly PackedPackage[]> {
  const words = ["--recursive", "--filter", "./packages/*", "pack", "--pack-destination", target];
  await promisify(execFile)("pnpm", words, { cwd: root, env: { ...process.env, PATH: await pathWithPnpm() } });
  const folders = (await readdir(join(root, "packages"))).sort();
  return Promise.all(folders.map((folder) => readPacked(join(root, "packages", folder), target)));
}

async function readPacked(folder: string, target: string): Promise<PackedPackage> {
  const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
  const tarball = await readFile(join(target, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`));
  const { files, rootDir } = await unpack(tarball);
  const contents = new Map(files.map((file) => [file.name.slice(rootDir.length + 1), Buffer.from(file.data)] as const));
  return {
    name,
    folder,
    tarball,
    manifest: JSON.parse(`${contents.get("package.json")}`) as Manifest,
    files: contents,
  };
}
