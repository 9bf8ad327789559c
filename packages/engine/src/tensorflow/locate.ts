import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { searchPlaces } from "../installation/engine-folder.js";

/** TensorFlow's binding, where it is installed: the GPU package first. */
export const packageNames = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"] as const;

export interface TensorflowPackage {
  readonly name: (typeof packageNames)[number];
  readonly version: string;
  /** Of its package.json. */
  readonly folder: string;
  /** Of the TensorFlow library that its addon was built against, where that is another than the package brings. */
  readonly libraryVersion?: string;
  /** What stands in the way of loading it, where something does. */
  readonly fault?: string;
}

/** Within the package: which library `pipe engine install` linked it with. */
export const linkedLibraryFile = join("deps", "linked-library.json");

/** Looks at the search places in turn. Reads no more than file names and versions. */
export function locateTensorflow(): TensorflowPackage | undefined {
  let faulty: TensorflowPackage | undefined;
  for (const from of searchPlaces("tensorflow")) {
    const require = createRequire(from);
    for (const name of packageNames) {
      let manifest: string;
      try {
        manifest = require.resolve(`${name}/package.json`);
      } catch {
        continue;
      }
      const folder = dirname(manifest);
      const fault = faultOf(folder);
      const { version } = require(manifest) as { version: string };
      const found = { name, version, folder, libraryVersion: libraryVersionOf(folder), fault };
      if (!fault) return found;
      faulty ??= found;
    }
  }
  return faulty;
}

/** @returns Why the binding can't run in this Node.js at all. */
export function nodeFault(): string | undefined {
  const major = Number(process.versions.node.split(".")[0]);
  return major >= 23 ? `it does not run on Node.js ${major} (below 23 it does)` : undefined;
}

function faultOf(folder: string): string | undefined {
  const fault = nodeFault();
  if (fault) return fault;
  const addons = join(folder, "lib");
  const built =
    existsSync(addons) && readdirSync(addons).some((napi) => existsSync(join(addons, napi, "tfjs_binding.node")));
  if (!built) return "its native addon was not built when it was installed";
  if (process.platform === "win32") return undefined;
  const libraries = join(folder, "deps", "lib");
  // The second one is a modern TensorFlow's. A link to a library that is gone does not exist.
  const names =
    process.platform === "darwin" ? ["libtensorflow.2.dylib"] : ["libtensorflow.so.2", "libtensorflow_cc.so.2"];
  if (names.some((name) => existsSync(join(libraries, name)))) return undefined;
  return `it lacks TensorFlow's library ${names[0]}`;
}

function libraryVersionOf(folder: string): string | undefined {
  const file = join(folder, linkedLibraryFile);
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
