import type { EngineInstallation } from "@eosin/plugin-api/learning";
import { type AptCommand, aptCommand, runApt } from "./apt.js";
import { publishedArchive } from "./archive.js";
import { findCompiler } from "./compiler.js";
import { fetchArchive } from "./fetch-archive.js";
import { installFailure } from "./install-failure.js";
import type { Libtorch } from "./library.js";
import { isLibtorch, locateLibtorch } from "./locate.js";

/** How a machine without libtorch would get one. */
export interface Obtaining {
  /** For the question: the packages' command, or the archive's address. */
  readonly description: string;
  run(how: EngineInstallation): Promise<Libtorch>;
}

/**
 * The distribution's package where it has one and this user may install it, else the official archive.
 * @param missing Why none was found.
 * @throws EosinError `ENGINE_INSTALL_FAILED` where there is no way on this machine.
 */
export async function planObtaining(folder: string, missing: string): Promise<Obtaining> {
  const apt = aptCommand();
  const published = process.platform === "linux" && process.arch === "x64";
  if (apt) {
    return {
      description: `Install libtorch by \`${apt.command.join(" ")}\``,
      run: (how) => obtainByApt(apt, { folder, published }, how),
    };
  }
  if (!published) {
    throw installFailure({
      message: "There is no libtorch, and none is published for this processor.",
      found: missing,
      next: "pip install torch (EOSIN_PYTHON names another interpreter than python3), then pipe engine install torch",
    });
  }
  // Before hundreds of megabytes are downloaded for nothing.
  await findCompiler();
  return {
    description: `Download libtorch ${publishedArchive.version} from ${publishedArchive.url}`,
    run: (how) => obtainArchive(folder, how),
  };
}

async function obtainByApt(
  apt: AptCommand,
  { folder, published }: { folder: string; published: boolean },
  how: EngineInstallation,
): Promise<Libtorch> {
  const failure = await runApt(apt, how);
  if (failure === undefined) return located();
  if (!published) {
    throw installFailure({
      message: "libtorch was not installed: apt-get failed.",
      found: failure,
      next: `${apt.command.join(" ")}, or pip install torch; then pipe engine install torch`,
    });
  }
  how.say(`apt-get failed (${failure.split("\n").at(-1)}): downloading libtorch ${publishedArchive.version} instead.`);
  await findCompiler();
  return obtainArchive(folder, how);
}

async function obtainArchive(folder: string, how: EngineInstallation): Promise<Libtorch> {
  await fetchArchive(folder, how);
  return located();
}

async function located(): Promise<Libtorch> {
  const found = await locateLibtorch();
  if (isLibtorch(found)) return found;
  throw installFailure({
    message: "libtorch was installed, but is not found.",
    found: found.missing,
    next: "Name its folder by LIBTORCH, then pipe engine install torch",
  });
}
