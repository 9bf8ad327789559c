import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** TensorFlow's binding, where it is installed: the GPU package first. */
export const packageNames = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"] as const;

export interface TensorflowPackage {
  readonly name: (typeof packageNames)[number];
  readonly version: string;
  /** Of its package.json. */
  readonly folder: string;
  /** What stands in the way of loading it, where something does. */
  readonly fault?: string;
}

/**
 * Looks from the working folder, then from this package (and, as Node does, along NODE_PATH). Reads no more than file
 * names and the package's version.
 */
export function locateTensorflow(): TensorflowPackage | undefined {
  let faulty: TensorflowPackage | undefined;
  for (const from of [pathToFileURL(join(process.cwd(), "from-here.js")).href, import.meta.url]) {
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
      const found = { name, version: (require(manifest) as { version: string }).version, folder, fault };
      if (!fault) return found;
      faulty ??= found;
    }
  }
  return faulty;
}

function faultOf(folder: string): string | undefined {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= 23) return `it does not run on Node.js ${major} (below 23 it does)`;
  const addons = join(folder, "lib");
  const built =
    existsSync(addons) && readdirSync(addons).some((napi) => existsSync(join(addons, napi, "tfjs_binding.node")));
  if (!built) return "its native addon was not built when it was installed";
  const libraries = join(folder, "deps", "lib");
  const name = process.platform === "darwin" ? "libtensorflow.2.dylib" : "libtensorflow.so.2";
  if (process.platform !== "win32" && !existsSync(join(libraries, name)))
    return `it lacks TensorFlow's library ${name}`;
  return undefined;
}
