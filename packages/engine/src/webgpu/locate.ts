import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { searchPlaces } from "../installation/engine-folder.js";

/** What is installed, in the versions that passed the conformance suite. */
export const webgpuPackages = { webgpu: "0.6.2", "@tensorflow/tfjs-backend-webgpu": "4.22.0" } as const;

export interface WebgpuPackages {
  /** Dawn's module, an ES module. */
  readonly dawn: { readonly file: string; readonly version: string };
  /** tfjs's back end, CommonJS. */
  readonly backend: { readonly file: string; readonly version: string };
}

/** Reads no more than file names and the packages' versions. */
export function locateWebgpu(): WebgpuPackages | { readonly missing: string } {
  const dawn = locate("webgpu");
  if (!dawn) return { missing: "the package webgpu (Dawn) is not installed" };
  const backend = locate("@tensorflow/tfjs-backend-webgpu");
  if (!backend) return { missing: "the package @tensorflow/tfjs-backend-webgpu is not installed" };
  const target = `${process.platform}-${process.platform === "darwin" ? "universal" : process.arch}`;
  if (!existsSync(join(dirname(dawn.file), "dist", target, "dawn.node"))) {
    return { missing: `webgpu ${dawn.version} has no Dawn for ${target}` };
  }
  return { dawn, backend };
}

function locate(name: keyof typeof webgpuPackages): { file: string; version: string } | undefined {
  for (const from of searchPlaces("webgpu")) {
    const require = createRequire(from);
    try {
      const { version } = require(`${name}/package.json`) as { version: string };
      return { file: require.resolve(name), version };
    } catch {
      // Not here; perhaps at the next place.
    }
  }
  return undefined;
}
