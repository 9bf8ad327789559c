import { execFile } from "node:child_process";
import { promisify } from "node:util";

const timeoutMs = 60_000;

/** Asks without importing: an import takes seconds, and some builds end the process on older processors. */
const question = `
import importlib.util, json, os, sys
name = sys.argv[1]
spec = importlib.util.find_spec(name)
folder = os.path.dirname(spec.origin) if spec and spec.origin else None
version = None
try:
    import importlib.metadata as metadata
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        for distribution in metadata.packages_distributions().get(name, []):
            version = metadata.version(distribution)
except Exception:
    pass # Python below 3.10 knows less
print(json.dumps({"folder": folder, "version": version}))
`;

export interface PythonPackage {
  /** The interpreter that was asked. */
  readonly python: string;
  /** Where its modules are. */
  readonly folder: string;
  /** Of the distribution that it came with, where the interpreter knows it. */
  readonly version?: string;
}

export interface NoPythonPackage {
  readonly python: string;
  /** Why there is none, for a sentence: `python3 has no module torch`. */
  readonly missing: string;
  /** Where the interpreter did not answer: its message says why in one line. */
  readonly fault?: Error;
}

/**
 * Finds a package of the Python on this machine. `EOSIN_PYTHON` names another interpreter than `python3`.
 * @param name Of the module.
 * @example
 * const found = await findPythonPackage("torch");
 * console.log("folder" in found ? found.folder : found.missing);
 */
export async function findPythonPackage(
  name: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<PythonPackage | NoPythonPackage> {
  const python = env.EOSIN_PYTHON || "python3";
  try {
    const { folder, version } = await ask(python, name, env);
    return folder
      ? { python, folder, ...(version && { version }) }
      : { python, missing: `${python} has no module ${name}` };
  } catch (cause) {
    const fault = new Error(reasonOf(cause), { cause });
    return { python, missing: `${python} could not be asked (${fault.message})`, fault };
  }
}

interface Answer {
  readonly folder: string | null;
  readonly version: string | null;
}

async function ask(python: string, name: string, env: NodeJS.ProcessEnv): Promise<Answer> {
  const { stdout } = await promisify(execFile)(python, ["-c", question, name], { timeout: timeoutMs, env });
  // What the interpreter's own start prints comes before.
  const line = stdout.trim().split("\n").at(-1) ?? "";
  const answer = parse(line);
  if (answer === undefined) throw new Error(`it answered ${JSON.stringify(line.slice(0, 80))}`);
  return answer;
}

function parse(line: string): Answer | undefined {
  try {
    const answer = JSON.parse(line) as Answer | null;
    return typeof answer?.folder === "string" || answer?.folder === null ? answer : undefined;
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  const { message, killed } = error as Error & { readonly killed?: boolean };
  if (killed) return `no answer within ${timeoutMs / 1000} s`;
  return message.trim().split("\n").at(-1) ?? "";
}
