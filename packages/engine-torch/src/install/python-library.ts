import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { inspectLibrary } from "./inspect-library.js";
import { installFailure, reasonOf } from "./install-failure.js";
import type { LibtorchSearch } from "./library.js";

/** Asks without importing: an import takes seconds. */
const question = `
import importlib.util
spec = importlib.util.find_spec("torch")
print(spec.origin if spec and spec.origin else "")
`;

/**
 * The libtorch inside a Python's PyTorch. `EOSIN_PYTHON` names another interpreter than `python3`;
 * `LIBTORCH_USE_PYTORCH=0` passes all of them over.
 * @throws EosinError `ENGINE_INSTALL_FAILED` where the interpreter that `EOSIN_PYTHON` names does not answer, or its PyTorch lacks
 * files.
 */
export async function pythonLibrary(env: NodeJS.ProcessEnv): Promise<LibtorchSearch> {
  if (env.LIBTORCH_USE_PYTORCH === "0") return { missing: "LIBTORCH_USE_PYTORCH=0 passes Python over" };
  const python = env.EOSIN_PYTHON || "python3";
  let folder: string;
  try {
    const { stdout } = await promisify(execFile)(python, ["-c", question], { timeout: 60_000, env });
    folder = stdout.trim().replace(/\/__init__\.py$/, "");
  } catch (cause) {
    const reason = reasonOf(cause).trim().split("\n").at(-1);
    if (!env.EOSIN_PYTHON) return { missing: `${python} could not be asked (${reason})` };
    throw installFailure({
      message: "The Python that EOSIN_PYTHON names does not answer.",
      place: python,
      expected: "a Python 3",
      found: reason,
      next: "export EOSIN_PYTHON=… (an interpreter that has PyTorch), or unset it",
      cause,
    });
  }
  if (folder === "") return { missing: `${python} has no module torch` };
  const origin = `the PyTorch of ${python}`;
  const place = { headers: join(folder, "include"), libraries: join(folder, "lib") };
  const library = inspectLibrary({ kind: "python", origin, ...place }, env);
  if (!("lacks" in library)) return library;
  if (!env.EOSIN_PYTHON) return { missing: `${origin} has no ${library.lacks}` };
  throw installFailure({
    message: `${origin} has not all that an addon is built with.`,
    place: folder,
    expected: library.lacks,
    found: "no such file",
    next: `${python} -m pip install torch, or set LIBTORCH_USE_PYTORCH=0 to pass it over`,
  });
}
