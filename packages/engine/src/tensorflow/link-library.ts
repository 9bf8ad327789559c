import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { linkedLibraryFile } from "./locate.js";
import type { PythonLibrary } from "./python-library.js";

/** The names that the binding's build and its loader look for, and the library's own. */
const links: { readonly [name: string]: string } = {
  "libtensorflow_cc.so.2": "libtensorflow_cc.so.2",
  "libtensorflow_framework.so.2": "libtensorflow_framework.so.2",
  "libtensorflow.so": "libtensorflow_cc.so.2",
  // With a file of this name the install script downloads nothing.
  "libtensorflow.so.2.9.1": "libtensorflow_cc.so.2",
  "libtensorflow_framework.so": "libtensorflow_framework.so.2",
};

/** Puts a modern TensorFlow where the binding expects the one that it would download. */
export function linkLibrary(packageFolder: string, { folder, version }: PythonLibrary): void {
  const deps = join(packageFolder, "deps");
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(join(deps, "lib"), { recursive: true });
  symlinkSync(join(folder, "include"), join(deps, "include"));
  for (const [name, library] of Object.entries(links)) symlinkSync(join(folder, library), join(deps, "lib", name));
  // A library of one's own without an addon of one's own: the install script then compiles the addon.
  writeFileSync(join(packageFolder, "scripts", "custom-binary.json"), '{"tf-lib":"file:///unused"}\n');
  writeFileSync(join(packageFolder, linkedLibraryFile), `${JSON.stringify({ version, folder })}\n`);
}
