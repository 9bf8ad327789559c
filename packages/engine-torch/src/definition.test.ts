import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { torchEngine } from "./definition.js";
import { torchDetails } from "./details.js";
import { chooseTorchDevice } from "./devices.js";
import { libraryVersion } from "./library-version.js";

const gpu = { name: "H100", memory: 80 * 2 ** 30 };
const about = { version: "2.10.0", cuda: true, devices: [gpu, gpu], graphs: true, bf16: false, threads: 4 };

describe("the devices of torch", () => {
  it("are its GPUs, the first by default, and the processor", () => {
    const choices = [undefined, "cuda", "cuda:1", "cpu"].map((device) => chooseTorchDevice(device, about));
    expect(choices).toEqual(["cuda:0", "cuda:0", "cuda:1", "cpu"]);
    expect(chooseTorchDevice(undefined, { ...about, devices: [] })).toBe("cpu");
  });

  it.each(["cuda:2", "gpu", "mps"])("without %s: an error that names those that there are", (device) => {
    expect(() => chooseTorchDevice(device, about)).toThrow(
      expect.objectContaining({ code: "ENGINE_DEVICE", expected: "cuda:0 or cuda:1 or cpu", found: device }),
    );
  });
});

it("tells library, devices, instructions, and whether bfloat16 is slow", () => {
  const info = { version: "2.10.0", libraryFolder: "/opt/libtorch/lib", about, instructionSet: "AVX2" };
  expect(torchDetails(info)).toEqual({
    libtorch: "2.10.0 in /opt/libtorch/lib",
    devices: "cuda:0 (H100, 80 GiB), cuda:1 (H100, 80 GiB), cpu",
    "training on GPUs": expect.stringContaining("CUDA graphs"),
    processor: "AVX2",
    bfloat16: expect.stringContaining("slowly"),
  });
});

it("tells what a build without CUDA's headers lacks", () => {
  const bare = { ...about, devices: [{ name: "CUDA device 0" }], graphs: false };
  const details = torchDetails({ version: "2.10.0", libraryFolder: "/lib", about: bare, instructionSet: "AVX2" });
  expect(details.devices).toBe("cuda:0 (CUDA device 0), cpu");
  expect(details["training on GPUs"]).toMatch(/one by one.*headers/);
});

it("counts the GPU's model among what results depend on, where it computes", () => {
  const info = { version: "2.10.0", codeHash: "c0decafe99", instructionSet: "AVX-512", about };
  expect(libraryVersion(info, "cuda:1")).toBe("2.10.0-c0decafe-avx512-h100");
  expect(libraryVersion(info, "cpu")).toBe("2.10.0-c0decafe-avx512");
});

describe("a BLAS beside libtorch", () => {
  const withBlas = (name: string) => ({ ...about, blas: { link: "/lib/libblas.so.3", file: `/lib/${name}`, name } });

  it("is what results on the processor depend on", () => {
    const info = { version: "1.13.0", codeHash: "c0decafe99", instructionSet: "AVX2" };
    const openblas = { ...info, about: withBlas("OpenBLAS 0.3.21") };
    expect(libraryVersion(openblas, "cpu")).toBe("1.13.0-c0decafe-avx2-openblas0321");
    expect(libraryVersion(openblas, "cuda:0")).toBe("1.13.0-c0decafe-avx2-h100");
  });

  it("is told, with what is faster than the reference", () => {
    const info = { version: "1.13.0", libraryFolder: "/lib", instructionSet: "AVX2" };
    const told = (name: string) => torchDetails({ ...info, about: withBlas(name) })["matrix products"];
    expect(told("OpenBLAS 0.3.21")).toBe("OpenBLAS 0.3.21");
    expect(told("libblas.so.3.11.0")).toMatch(/reference.*apt-get install libopenblas0-openmp/);
  });
});

describe("torch that is not built", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("is not available, and says how to build it", () => {
    vi.stubEnv("EOSIN_CACHE", mkdtempSync(join(tmpdir(), "eosin-")));
    vi.stubEnv("EOSIN_TORCH", undefined);
    expect(torchEngine.availability()).toMatchObject({ available: false, enable: "pipe engine install torch" });
    expect(() => torchEngine.identity({ name: "torch", precision: "float32", threads: 1 })).toThrow(
      expect.objectContaining({ code: "ENGINE_UNAVAILABLE" }),
    );
  });
});
