import { existsSync } from "node:fs";
import { join } from "node:path";
import { findPythonPackage } from "@eosin/support/python-package";

/** The TensorFlow library inside a Python installation's `tensorflow`, which carries the C headers too. */
export interface PythonLibrary {
  readonly python: string;
  readonly version: string;
  /** Holds the libraries, and the headers under `include`. */
  readonly folder: string;
}

/** Relative to the library's folder: what the addon is compiled and linked with. */
const needed = [
  "libtensorflow_cc.so.2",
  "libtensorflow_framework.so.2",
  join("include", "tensorflow", "c", "c_api.h"),
  join("include", "tensorflow", "c", "eager", "c_api.h"),
];

/** @returns The library, or why there is none that could be built against. `EOSIN_PYTHON` names another interpreter. */
export async function findPythonLibrary(): Promise<PythonLibrary | { readonly missing: string }> {
  if (process.platform !== "linux") return { missing: "a Python's TensorFlow is built against on Linux only" };
  const found = await findPythonPackage("tensorflow");
  if ("missing" in found) return found;
  const { python, folder, version = "unknown" } = found;
  const absent = needed.find((file) => !existsSync(join(folder, file)));
  return absent ? { missing: `the tensorflow of ${python} has no ${absent}` } : { python, version, folder };
}
