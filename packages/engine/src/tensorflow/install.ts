import { join } from "node:path";
import { EosinError } from "@eosin/plugin-api";
import type { EngineInstallation } from "@eosin/plugin-api/learning";
import { engineFolder } from "../installation/engine-folder.js";
import { prepareFolder } from "../installation/prepare-folder.js";
import { runNpm } from "../installation/run-npm.js";
import { linkLibrary } from "./link-library.js";
import { locateTensorflow, nodeFault, type packageNames } from "./locate.js";
import { hasNvidiaDriver } from "./nvidia-driver.js";
import { findPythonLibrary, type PythonLibrary } from "./python-library.js";

const VERSION = "4.22.0";

type PackageName = (typeof packageNames)[number];

/**
 * Installs TensorFlow's binding. Where a Python has a modern TensorFlow, the binding's addon is built against that one;
 * otherwise its install script downloads TensorFlow 2.9.1 and the addon.
 * @param variant `tensorflow` (the GPU's package where NVIDIA's driver is) or `tensorflow-gpu`.
 */
export async function installTensorflow(how: EngineInstallation, variant: string): Promise<void> {
  const fault = nodeFault();
  if (fault) {
    throw new EosinError({
      code: "ENGINE_INSTALL_FAILED",
      message: `The engine tensorflow was not installed: ${fault}.`,
      expected: "Node.js 20 or 22",
      found: process.version,
      next: "Install Node.js 22, or choose another engine: pipe doctor",
    });
  }
  const gpu = variant === "tensorflow-gpu" || hasNvidiaDriver();
  const name: PackageName = gpu ? "@tensorflow/tfjs-node-gpu" : "@tensorflow/tfjs-node";
  const present = locateTensorflow();
  if (!how.force && present && !present.fault && (present.name === name || variant === "tensorflow")) {
    how.say(`${present.name} ${present.version} is installed.`);
    return;
  }
  const library = await findPythonLibrary();
  const folder = engineFolder("tensorflow");
  const source =
    "missing" in library
      ? "TensorFlow 2.9.1"
      : `an addon built against TensorFlow ${library.version} of ${library.python}`;
  await prepareFolder({ engine: variant, folder, what: `${name}@${VERSION} with ${source}`, scripts: [name] }, how);
  if ("missing" in library) await download(variant, name, folder, library.missing, how);
  else await build(variant, name, folder, library, how);
}

async function download(
  variant: string,
  name: PackageName,
  folder: string,
  noLibrary: string,
  how: EngineInstallation,
): Promise<void> {
  how.say(`Downloading TensorFlow 2.9.1, since ${noLibrary}.`);
  const next =
    "pip install tensorflow, name its interpreter by EOSIN_PYTHON where it is not python3, " +
    `and run pipe engine install ${variant} again: the addon is then built against that library`;
  const explain = (lines: readonly string[]) => {
    if (!lines.some((line) => line.includes("Downloading libtensorflow"))) return undefined;
    const message = `The engine tensorflow was not installed: the download of TensorFlow 2.9.1 or of its addon failed, and ${noLibrary}.`;
    return { message, next };
  };
  const args = ["install", "--foreground-scripts", `${name}@${VERSION}`];
  await runNpm({ engine: variant, folder, args, next, explain }, how);
  requireWorking(folder, next);
}

async function build(
  variant: string,
  name: PackageName,
  folder: string,
  library: PythonLibrary,
  how: EngineInstallation,
): Promise<void> {
  how.say(`Building ${name} against TensorFlow ${library.version} in ${library.folder}.`);
  const packageFolder = join(folder, "node_modules", ...name.split("/"));
  await runNpm(
    {
      engine: variant,
      folder,
      args: ["install", "--ignore-scripts", `${name}@${VERSION}`],
      next: "Fix what npm names, then run the command again",
    },
    how,
  );
  linkLibrary(packageFolder, library);
  const next = "Install a C++ compiler, make and python3 (apt install g++ make python3), then run the command again";
  // npm runs the package's install script with its own node-gyp on the PATH.
  await runNpm({ engine: variant, folder, args: ["rebuild", "--foreground-scripts", name], next }, how);
  requireWorking(folder, next);
}

/** The package's install script ends well at times when the addon is not there. */
function requireWorking(folder: string, next: string): void {
  const found = locateTensorflow();
  if (found && !found.fault) return;
  throw new EosinError({
    code: "ENGINE_INSTALL_FAILED",
    message: `The engine tensorflow was installed, but does not work: ${found?.fault ?? "its package is not found"}.`,
    place: folder,
    next,
  });
}
