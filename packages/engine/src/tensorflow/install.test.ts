import { existsSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { agreeing, programInstead, temporaryFolder, writeFiles } from "../installation/npm.test-support.js";
import { tensorflowEngine } from "./definition.js";
import { locateTensorflow } from "./locate.js";

/** An npm that lays an empty package down, and builds an addon that is empty too. */
const npm = `
echo "npm $*"
for name in $*; do case $name in @tensorflow/*) package=\${name%@4.22.0};; esac; done
folder="$PWD/node_modules/$package"
case "$1 $2" in
  "install --ignore-scripts")
    mkdir -p "$folder/scripts"
    echo '{"version":"4.22.0"}' > "$folder/package.json";;
  "rebuild --foreground-scripts")
    mkdir -p "$folder/lib/napi-v8"
    touch "$folder/lib/napi-v8/tfjs_binding.node";;
  *) echo "* Downloading libtensorflow"; echo "Error: getaddrinfo ENOTFOUND"; exit 1;;
esac`;

/** A Python that has a TensorFlow, or none. */
function python(folder: string | null): string {
  return programInstead("python", `echo '${JSON.stringify({ folder, version: folder ? "2.21.0" : null })}'`).file;
}

function modernLibrary(): string {
  const folder = join(temporaryFolder(), "tensorflow");
  writeFiles(folder, {
    "libtensorflow_cc.so.2": "",
    "libtensorflow_framework.so.2": "",
    "include/tensorflow/c/c_api.h": "",
    "include/tensorflow/c/eager/c_api.h": "",
  });
  return folder;
}

const major = Number(process.versions.node.split(".")[0]);

describe.skipIf(process.platform !== "linux" || major >= 23 || locateTensorflow() !== undefined)(
  "installing TensorFlow's binding",
  () => {
    let cache: string;
    beforeEach(() => {
      cache = temporaryFolder();
      vi.stubEnv("EOSIN_CACHE", cache);
      vi.stubEnv("PATH", programInstead("npm", npm).path);
    });
    afterEach(() => vi.unstubAllEnvs());

    it("builds the addon against the TensorFlow of a Python", async () => {
      const library = modernLibrary();
      vi.stubEnv("EOSIN_PYTHON", python(library));
      const said: string[] = [];
      await tensorflowEngine.install?.(agreeing(said), "tensorflow-gpu");
      const folder = join(cache, "engines/tensorflow/node_modules/@tensorflow/tfjs-node-gpu");
      for (const name of ["libtensorflow.so", "libtensorflow.so.2.9.1", "libtensorflow_cc.so.2"]) {
        expect(realpathSync(join(folder, "deps/lib", name))).toBe(join(library, "libtensorflow_cc.so.2"));
      }
      expect(existsSync(join(folder, "deps/include/tensorflow/c/c_api.h"))).toBe(true);
      expect(JSON.parse(readFileSync(join(folder, "scripts/custom-binary.json"), "utf8"))).toEqual({
        "tf-lib": "file:///unused",
      });
      expect(said.filter((line) => line.startsWith("npm "))).toHaveLength(2);
      expect(tensorflowEngine.availability()).toMatchObject({
        available: true,
        reason: expect.stringContaining("TensorFlow 2.21.0"),
      });
      const { version } = tensorflowEngine.identity({ name: "tensorflow", precision: "float32", threads: 1 });
      expect(version).toMatch(/-4\.22\.0-tensorflow-2\.21\.0$/);
      rmSync(library, { recursive: true });
      expect(tensorflowEngine.availability()).toMatchObject({
        available: false,
        reason: expect.stringContaining("lacks TensorFlow's library"),
      });
    });

    it("downloads without one, and says which of both failed", async () => {
      vi.stubEnv("EOSIN_PYTHON", python(null));
      await expect(tensorflowEngine.install?.(agreeing(), "tensorflow")).rejects.toMatchObject({
        code: "ENGINE_INSTALL_FAILED",
        message: expect.stringMatching(/download of TensorFlow 2\.9\.1.*failed.*has no module tensorflow/),
        next: expect.stringContaining("EOSIN_PYTHON"),
      });
    });

    it("names what a TensorFlow without headers lacks", async () => {
      const library = modernLibrary();
      rmSync(join(library, "include"), { recursive: true });
      vi.stubEnv("EOSIN_PYTHON", python(library));
      await expect(tensorflowEngine.install?.(agreeing(), "tensorflow")).rejects.toMatchObject({
        message: expect.stringContaining("c_api.h"),
      });
    });
  },
);
