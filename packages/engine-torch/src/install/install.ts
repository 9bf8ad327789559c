import { dirname } from "node:path";
import { isEosinError } from "@eosin/plugin-api";
import type { EngineInstallation } from "@eosin/plugin-api/learning";
import { messageOf } from "@eosin/support/message-of";
import { askAddon } from "./ask-addon.js";
import { adviceOnBlas } from "./blas.js";
import { type BuildOptions, buildAddon, buildHash } from "./build.js";
import { findCompiler } from "./compiler.js";
import { findInstallation } from "./find-installation.js";
import { installFailure } from "./install-failure.js";
import { type TorchInstallation, torchFolder } from "./installation.js";
import type { Libtorch } from "./library.js";
import { isLibtorch, locateLibtorch } from "./locate.js";
import { planObtaining } from "./obtain.js";
import { writeInfo } from "./write-info.js";

/**
 * Finds a libtorch, or brings one where the user agrees, and builds the addon against it: once for each library, version
 * of the sources and kind of processor. What is built already is asked again for its devices.
 * @param ask How a built addon is asked; another in tests.
 * @throws EosinError `ENGINE_INSTALL_FAILED`; the signal's reason where it is aborted.
 */
export async function installTorch(how: EngineInstallation, ask = askAddon): Promise<TorchInstallation> {
  if (process.platform !== "linux") {
    throw installFailure({
      message: "The engine torch is built on Linux only.",
      expected: "linux",
      found: process.platform,
      next: "Choose another engine: pipe doctor",
    });
  }
  const folder = torchFolder();
  const found = await locateLibtorch();
  const present = how.force ? undefined : await presentBuild(isLibtorch(found) ? found : undefined, ask, how);
  if (present) return present;
  const library = isLibtorch(found) ? found : await obtain(found.missing, folder, how);
  const compiler = await findCompiler();
  if (isLibtorch(found)) {
    const which = `libtorch ${found.version} (${found.origin}, ${found.libraryFolder})`;
    await requireAgreement(`Build the engine torch against ${which} into ${folder}?`, how);
  }
  how.say(`Building against libtorch ${library.version} in ${library.libraryFolder}: a minute or two.`);
  const installation = await buildWhatCompiles(library, how, { folder, compiler });
  how.say(`Built ${dirname(installation.addon)}.`);
  const advice = adviceOnBlas(installation.info.about.blas);
  if (advice) how.say(`Matrices are multiplied by ${advice}.`);
  return installation;
}

/** Without its CUDA part where that does not fit the headers: GPUs compute all the same, but for recorded graphs. */
async function buildWhatCompiles(
  library: Libtorch,
  how: EngineInstallation,
  options: BuildOptions,
): Promise<TorchInstallation> {
  try {
    return await buildAddon(library, how, options);
  } catch (error) {
    const failedAtCuda = library.cuda?.includeFolders && isEosinError(error) && /^cuda/.test(String(error.place));
    if (!failedAtCuda) throw error;
    how.say(
      `${error.place} does not compile (${error.found}): the addon is built without it, and records no CUDA graphs.`,
    );
    return buildAddon({ ...library, cuda: {} }, how, options);
  }
}

/** @param library That the build has to be for; any where it is absent. @returns Nothing where none is there, or it does not load. */
async function presentBuild(
  library: Libtorch | undefined,
  ask: typeof askAddon,
  how: EngineInstallation,
): Promise<TorchInstallation | undefined> {
  const present = findInstallation({ env: { ...process.env, EOSIN_TORCH: undefined } });
  if (!present || "fault" in present) return undefined;
  const { addon, info } = present;
  if (library && buildHash(library) !== info.buildHash) return undefined;
  try {
    const about = await ask(addon, how.signal);
    await writeInfo(dirname(addon), { ...info, about });
    how.say(`The engine torch is built already, against libtorch ${info.version} in ${info.libraryFolder}.`);
    return { addon, info: { ...info, about } };
  } catch (error) {
    if (how.signal.aborted) throw error;
    how.say(`The build that is there does not load any more (${messageOf(error)}).`);
    return undefined;
  }
}

async function obtain(missing: string, folder: string, how: EngineInstallation): Promise<Libtorch> {
  const { description, run } = await planObtaining(folder, missing);
  await requireAgreement(`${description}, and build the engine torch against it into ${folder}?`, how);
  return run(how);
}

async function requireAgreement(question: string, how: EngineInstallation): Promise<void> {
  if (how.assumeYes || (await how.confirm(question))) return;
  throw installFailure({
    message: "The engine torch was not installed: nobody agreed to it.",
    expected: "yes",
    next: "pipe engine install torch --yes",
  });
}
