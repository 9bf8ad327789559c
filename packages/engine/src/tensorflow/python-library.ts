import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** The TensorFlow library inside a Python installation's `tensorflow`, which carries the C headers too. */
export interface PythonLibrary {
  readonly python: string;
  readonly version: string;
  /** Holds the libraries, and the headers under `include`. */
  readonly folder: string;
}

/** Asks without importing: an import takes seconds, and some builds end the process on older processors. */
const question = `
import importlib.metadata, importlib.util, json, os
spec = importlib.util.find_spec("tensorflow")
folder = os.path.dirname(spec.origin) if spec and spec.origin else None
version = None
for name in importlib.metadata.packages_distributions().get("tensorflow", []) if folder else []:
    version = importlib.metadata.version(name)
print(json.dumps({"folder": folder, "version": version}))
`;

/** Relative to the library's folder: what the addon is compiled and linked with. */
const needed = [
  "libtensorflow_cc.so.2",
  "libtensorflow_framework.so.2",
  join("include", "tensorflow", "c", "c_api.h"),
  join("include", "tensorflow", "c", "eager", "c_api.h"),
];

/** @returns The library, or why there is none that could be built against. `EOSIN_PYTHON` names another interpreter. */
export async function findPythonLibrary(): Promise<PythonLibrary | { readonly missing: string }> {
  const python = process.env.EOSIN_PYTHON || "python3";
  if (process.platform !== "linux") return { missing: "a Python's TensorFlow is built against on Linux only" };
  let answer: { folder: string | null; version: string | null };
  try {
    const { stdout } = await promisify(execFile)(python, ["-c", question], { timeout: 60_000 });
    answer = JSON.parse(stdout) as typeof answer;
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split("\n").slice(-1);
    return { missing: `${python} could not be asked: ${reason}` };
  }
  const { folder, version } = answer;
  if (!folder) return { missing: `${python} has no module tensorflow` };
  const absent = needed.find((file) => !existsSync(join(folder, file)));
  if (absent) return { missing: `the tensorflow of ${python} has no ${absent}` };
  return { python, version: version ?? "unknown", folder };
}
