import { installFailure } from "./install-failure.js";
import { runCommand } from "./run-command.js";

export interface Compiler {
  /** The program and arguments that belong to it, e.g. `["ccache", "g++"]`. */
  readonly command: readonly string[];
  /** Its first line about itself. */
  readonly version: string;
}

/**
 * The C++ compiler: `$CXX`, else g++, else clang++.
 * @throws EosinError `ENGINE_INSTALL_FAILED` where there is none, or `$CXX` is none.
 */
export async function findCompiler(env: NodeJS.ProcessEnv = process.env): Promise<Compiler> {
  const named = env.CXX?.trim();
  const candidates = named ? [named.split(/\s+/)] : [["g++"], ["clang++"]];
  for (const command of candidates) {
    const version = await versionOf(command, env);
    if (version) return { command, version };
  }
  throw installFailure({
    message: named ? "The compiler that CXX names does not run." : "There is no C++ compiler.",
    place: named,
    expected: named ? "a C++ compiler" : "g++ (10 or newer) or clang++",
    next: named
      ? "export CXX=g++, or unset it; then pipe engine install torch"
      : "Install one (apt-get install g++, dnf install gcc-c++), then pipe engine install torch",
  });
}

async function versionOf([program, ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const { status, stdout } = await runCommand(program, [...args, "--version"], { env });
    return status === 0 ? stdout.split("\n")[0].trim() : undefined;
  } catch {
    return undefined;
  }
}
