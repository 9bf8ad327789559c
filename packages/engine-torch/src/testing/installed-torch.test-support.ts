import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { buildAddon, buildHash } from "../install/build.js";
import { type Compiler, findCompiler } from "../install/compiler.js";
import { findInstallation } from "../install/find-installation.js";
import { reasonOf } from "../install/install-failure.js";
import type { TorchInstallation } from "../install/installation.js";
import { torchFolder } from "../install/installation.js";
import { isLibtorch, locateLibtorch } from "../install/locate.js";

/** Kept between test runs, one for each version of libtorch: a build takes a minute and more. */
const cacheFor = (version: string) => join(tmpdir(), "eosin-test-cache", `libtorch-${version}`);

let asked: Promise<TorchInstallation | undefined> | undefined;

/**
 * The addon, built from the present sources against the libtorch that is found here. Engines opened in this process and in
 * those that it starts find it by `EOSIN_TORCH`, which the caller sets to `addon` where it wants that.
 * @returns Nothing where there is no libtorch or no compiler; a line says so.
 */
export function installedTorch(): Promise<TorchInstallation | undefined> {
  asked ??= findOrBuild();
  return asked;
}

async function findOrBuild(): Promise<TorchInstallation | undefined> {
  const library = await locateLibtorch();
  if (!isLibtorch(library)) return skipped(`no libtorch found (${library.missing})`);
  const compiler = await compilerOrReason();
  if ("reason" in compiler) return skipped(compiler.reason);
  const env = { EOSIN_CACHE: cacheFor(library.version) };
  const folder = torchFolder(env);
  return locked(`${folder}.lock`, async () => {
    const present = findInstallation({ env });
    if (present && "addon" in present && present.info.buildHash === buildHash(library)) return present;
    console.info(`building the engine torch against libtorch ${library.version} (${library.origin})`);
    return buildAddon(library, { progress: () => {}, signal: new AbortController().signal }, { folder, compiler });
  });
}

function skipped(reason: string): undefined {
  console.info(`torch tests skipped: ${reason}`);
}

async function compilerOrReason(): Promise<Compiler | { readonly reason: string }> {
  try {
    return await findCompiler();
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

/** Workers of one test run take turns; a lock whose owner is gone is taken over. */
async function locked<T>(lock: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(lock), { recursive: true });
  while (!acquired(lock)) await setTimeout(200);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function acquired(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  try {
    process.kill(Number(readFileSync(lock, "utf8")), 0);
  } catch {
    rmSync(lock, { force: true });
  }
  return false;
}
