import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { EngineInstallation } from "@eosin/plugin-api/learning";
import { inParallel } from "@eosin/support/in-parallel";
import type { Compiler } from "./compiler.js";
import { codeFlags, includeFlags, linkFlags } from "./flags.js";
import { installFailure } from "./install-failure.js";
import type { Libtorch } from "./library.js";
import { type CommandResult, runCommand } from "./run-command.js";
import { unitsToCompile } from "./sources.js";

/** A unit takes a gigabyte and more while it is compiled. */
const AT_ONCE = Math.min(2, availableParallelism());
/** How much of what the compiler said goes into the error. */
const ERROR_LINES = 3;

export interface Compilation {
  readonly compiler: Compiler;
  readonly library: Libtorch;
  readonly sources: string;
  /** For objects; they are left there. */
  readonly folder: string;
  /** The file to write. */
  readonly addon: string;
}

/**
 * Compiles the addon and links it with libtorch.
 * @throws EosinError `ENGINE_INSTALL_FAILED` with the compiler's first errors; the signal's reason where it is aborted.
 */
export async function compileAddon(
  { compiler, library, sources, folder, addon }: Compilation,
  { progress, signal }: Pick<EngineInstallation, "progress" | "signal">,
): Promise<void> {
  const units = unitsToCompile(sources, library.cuda?.includeFolders !== undefined);
  const objects = units.map((unit) => join(folder, unit.replace(/\.cc$/, ".o")));
  const [program, ...own] = compiler.command;
  // The first failure ends the others: their errors would be the same.
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const run = async (what: string, args: readonly string[]) => {
    const result = await runCommand(program, [...own, ...args], { signal: either });
    if (result.status !== 0) throw compilerFailure(what, result, library);
  };
  let done = 0;
  const steps = units.length + 1;
  progress("compiling", done, steps);
  const flags = [...codeFlags(library), ...includeFlags(library)];
  await inParallel(units, AT_ONCE, async (unit, index) => {
    try {
      await run(unit, ["-c", ...flags, join(sources, unit), "-o", objects[index]]);
    } catch (error) {
      stop.abort(error);
      throw error;
    }
    progress("compiling", ++done, steps);
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error;
  });
  await run("the whole", ["-shared", ...objects, "-o", addon, ...linkFlags(library)]);
  progress("compiling", steps, steps);
}

function compilerFailure(what: string, { status, stderr }: CommandResult, { version, origin }: Libtorch): Error {
  const lines = stderr
    .split("\n")
    .filter((line) => /\b(fatal )?error\b|undefined reference|cannot find|Killed/.test(line));
  const memory = status === null || /Killed|out of memory|bad_alloc/.test(stderr);
  return installFailure({
    message: `The addon of the engine torch does not compile against libtorch ${version} (${origin}).`,
    place: what,
    found:
      (lines.length > 0 ? lines.slice(0, ERROR_LINES) : stderr.trim().split("\n").slice(-ERROR_LINES)).join("\n") ||
      `status ${status}`,
    next: memory
      ? "Free memory (2 GiB are needed), then pipe engine install torch"
      : "Name another libtorch (LIBTORCH, EOSIN_PYTHON) or compiler (CXX), then pipe engine install torch",
  });
}
