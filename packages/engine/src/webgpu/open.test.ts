import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { temporaryFolder, writeFiles } from "../installation/npm.test-support.js";
import { webgpuEngine } from "./definition.js";
import { locateWebgpu } from "./locate.js";

const target = `${process.platform}-${process.platform === "darwin" ? "universal" : process.arch}`;

/** Packages of the working folder, whose adapter is what is given. */
function packages(adapter: object | null): string {
  const folder = temporaryFolder();
  writeFiles(folder, {
    "node_modules/webgpu/package.json": '{"version":"0.6.2","type":"module","main":"index.js"}',
    [`node_modules/webgpu/dist/${target}/dawn.node`]: "",
    "node_modules/webgpu/index.js": `export const globals = {};
      export const create = () => ({ requestAdapter: async () => (${JSON.stringify(adapter)}) });`,
    "node_modules/@tensorflow/tfjs-backend-webgpu/package.json": '{"version":"4.22.0","main":"index.js"}',
    "node_modules/@tensorflow/tfjs-backend-webgpu/index.js": "",
  });
  return folder;
}

describe("the engine webgpu", () => {
  const home = process.cwd();
  beforeEach(() => {
    vi.resetModules();
    vi.stubEnv("EOSIN_CACHE", temporaryFolder());
    vi.stubEnv("EOSIN_WEBGPU_SOFTWARE", "");
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    process.chdir(home);
  });

  it("names the command that installs it", () => {
    process.chdir(temporaryFolder());
    if (!("missing" in locateWebgpu())) return;
    expect(webgpuEngine.availability()).toMatchObject({ available: false, enable: "pipe engine install webgpu" });
  });

  it("takes both versions into its identity, and only float32", () => {
    process.chdir(packages(null));
    const identity = webgpuEngine.identity({ name: "webgpu", precision: "float32", threads: 4 });
    expect(identity).toMatchObject({ name: "webgpu", device: "gpu", threads: 1 });
    expect(identity.version).toMatch(/\+tfjs-webgpu-4\.22\.0-dawn-0\.6\.2$/);
    expect(webgpuEngine.precisions).toEqual(["float32"]);
  });

  const open = async (device: "gpu" | "software") => {
    const { openWebgpu } = await import("./open.js");
    return openWebgpu({ name: "webgpu", version: "", precision: "float32", threads: 1, device });
  };

  it("refuses a software renderer by name", async () => {
    process.chdir(packages({ info: { description: "SwiftShader driver 5.0.0" }, limits: {} }));
    await expect(open("gpu")).rejects.toMatchObject({
      code: "ENGINE_SOFTWARE_RENDERER",
      found: "SwiftShader driver 5.0.0",
      next: expect.stringContaining("EOSIN_WEBGPU_SOFTWARE=1"),
    });
  });

  it("says where Dawn accepts no driver", async () => {
    process.chdir(packages(null));
    await expect(open("gpu")).rejects.toMatchObject({
      code: "ENGINE_FAILED",
      next: expect.stringContaining("Vulkan driver"),
    });
  });
});
