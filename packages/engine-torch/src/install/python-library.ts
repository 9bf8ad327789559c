import { join } from "node:path";
import { findPythonPackage } from "@eosin/support/python-package";
import { inspectLibrary } from "./inspect-library.js";
import { installFailure } from "./install-failure.js";
import type { LibtorchSearch } from "./library.js";

/**
 * The libtorch inside a Python's PyTorch. `EOSIN_PYTHON` names another interpreter than `python3`;
 * `LIBTORCH_USE_PYTORCH=0` passes all of them over.
 * @throws EosinError `ENGINE_INSTALL_FAILED` where the interpreter that `EOSIN_PYTHON` names does not answer, or its PyTorch lacks
 * files.
 */
export async function pythonLibrary(env: NodeJS.ProcessEnv): Promise<LibtorchSearch> {
  if (env.LIBTORCH_USE_PYTORCH === "0") return { missing: "LIBTORCH_USE_PYTORCH=0 passes Python over" };
  const found = await findPythonPackage("torch", env);
  const { python } = found;
  if ("missing" in found) {
    if (found.fault === undefined || !env.EOSIN_PYTHON) return { missing: found.missing };
    throw installFailure({
      message: "The Python that EOSIN_PYTHON names does not answer.",
      place: python,
      expected: "a Python 3",
      found: found.fault.message,
      next: "export EOSIN_PYTHON=… (an interpreter that has PyTorch), or unset it",
      cause: found.fault.cause,
    });
  }
  const { folder } = found;
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
