import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import plugin, { createEngineProvider, openEngine } from "./index.js";
import { locateTensorflow } from "./tensorflow/locate.js";

const provider = createEngineProvider();
const request = { name: "auto", precision: "float32", threads: 2 } as const;
const tensorflow = locateTensorflow();
const tensorflowWorks = tensorflow !== undefined && !tensorflow.fault;

// What was built on this machine would be taken before all others.
beforeAll(() => {
  vi.stubEnv("EOSIN_CACHE", mkdtempSync(join(tmpdir(), "eosin-")));
  vi.stubEnv("EOSIN_TORCH", undefined);
});
afterAll(() => vi.unstubAllEnvs());

describe("the engine provider", () => {
  it("is a service of the plugin", () => {
    expect(plugin.services.map(({ token }) => token.name)).toEqual(["learning/engine-provider"]);
  });

  it.skipIf(tensorflowWorks)("takes wasm where there is no TensorFlow, and says why", async () => {
    const { identity, reason } = await provider.choose(request);
    expect(identity).toMatchObject({ name: "wasm", precision: "float32", threads: 1, device: "cpu" });
    expect(identity.version).toMatch(/^\d+\.\d+\.\d+\+tfjs-wasm-4\.22\.0$/);
    expect(reason).toContain("tensorflow");
  });

  it("surveys every engine, with the command that would enable it", async () => {
    const survey = await provider.survey();
    expect(survey.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["torch", "tensorflow", "webgpu", "wasm", "cpu"]),
    );
    for (const { available, reason, enable } of survey) {
      expect(reason.length).toBeGreaterThan(0);
      if (!available) expect(enable?.length).toBeGreaterThan(0);
    }
  });

  it("refuses what it cannot give", async () => {
    await expect(provider.choose({ ...request, name: "wsam" })).rejects.toMatchObject({
      code: "UNKNOWN_ENGINE",
      didYouMean: "wasm",
    });
    await expect(provider.choose({ ...request, name: "wasm", precision: "bfloat16" })).rejects.toMatchObject({
      code: "ENGINE_PRECISION",
    });
    await expect(provider.choose({ ...request, precision: "bfloat16" })).rejects.toMatchObject({ code: "NO_ENGINE" });
  });

  it("refuses a device that an engine has not, and passes such engines over", async () => {
    for (const name of ["wasm", "cpu"]) {
      expect((await provider.choose({ ...request, name, device: "cpu" })).identity.device).toBe("cpu");
      await expect(provider.choose({ ...request, name, device: "cuda" })).rejects.toMatchObject({
        code: "ENGINE_DEVICE",
        expected: "cpu",
        found: "cuda",
      });
    }
    await expect(provider.choose({ ...request, device: "cuda:7" })).rejects.toMatchObject({
      code: "NO_ENGINE",
      message: "No engine is available that computes in float32 on cuda:7.",
      found: expect.stringContaining("wasm has no device cuda:7"),
    });
  });

  it.skipIf(tensorflowWorks)("refuses TensorFlow where it is not installed", async () => {
    const failure = { code: "ENGINE_UNAVAILABLE", next: expect.stringContaining("pipe engine install tensorflow") };
    await expect(provider.choose({ ...request, name: "tensorflow" })).rejects.toMatchObject(failure);
    const identity = { name: "tensorflow", version: "", precision: "float32", threads: 1, device: "cpu" } as const;
    await expect(openEngine(identity)).rejects.toMatchObject(failure);
  });

  it("installs what can be installed, by the engine's name or a variant's", async () => {
    const how = {
      assumeYes: false,
      force: false,
      confirm: async () => false,
      say: () => {},
      progress: () => {},
      signal: new AbortController().signal,
    };
    await expect(provider.install("wasm", how)).rejects.toMatchObject({
      code: "ENGINE_NOT_INSTALLABLE",
      expected: "torch, tensorflow, tensorflow-gpu, webgpu",
    });
    await expect(provider.install("tensorflow-gqu", how)).rejects.toMatchObject({
      code: "UNKNOWN_ENGINE",
      didYouMean: "tensorflow-gpu",
    });
  });

  it("leaves the process's own error handlers alone", async () => {
    const events = ["uncaughtException", "unhandledRejection"] as const;
    const count = () => events.map((event) => process.listenerCount(event));
    const before = count();
    await openEngine((await provider.choose({ ...request, name: "wasm" })).identity);
    expect(count()).toEqual(before);
  });
});

describe("locating TensorFlow", () => {
  const home = process.cwd();
  afterEach(() => process.chdir(home));

  it.skipIf(tensorflowWorks)("finds the GPU package of the working folder first, and says what it lacks", () => {
    const folder = mkdtempSync(join(tmpdir(), "eosin-"));
    for (const name of ["tfjs-node", "tfjs-node-gpu"]) {
      const at = join(folder, "node_modules", "@tensorflow", name);
      mkdirSync(at, { recursive: true });
      writeFileSync(join(at, "package.json"), JSON.stringify({ name: `@tensorflow/${name}`, version: "4.22.0" }));
    }
    process.chdir(folder);
    expect(locateTensorflow()).toMatchObject({
      name: "@tensorflow/tfjs-node-gpu",
      version: "4.22.0",
      fault: expect.stringContaining("addon"),
    });
    const cpuPackage = join(folder, "node_modules", "@tensorflow", "tfjs-node");
    for (const file of [
      "lib/napi-v8/tfjs_binding.node",
      "deps/lib/libtensorflow.so.2",
      "deps/lib/libtensorflow.2.dylib",
    ]) {
      mkdirSync(join(cpuPackage, file, ".."), { recursive: true });
      writeFileSync(join(cpuPackage, file), "");
    }
    expect(locateTensorflow()).toMatchObject({ name: "@tensorflow/tfjs-node", fault: undefined });
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });
});
