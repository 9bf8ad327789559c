import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { expectOneError } from "../fixtures/expect-one-error.js";
import { createWorkspace } from "../fixtures/workspace.js";

const workspace = createWorkspace();
afterAll(() => workspace.remove());

/** A folder with all that is looked for in a libtorch, so that none is downloaded. */
function emptyLibtorch(): string {
  const version = "#define TORCH_VERSION_MAJOR 2\n#define TORCH_VERSION_MINOR 0\n#define TORCH_VERSION_PATCH 0\n";
  const [include, lib] = ["libtorch/include", "libtorch/lib"];
  workspace.write(`${include}/ATen/ATen.h`, "");
  workspace.write(`${include}/torch/csrc/api/include/torch/version.h`, version);
  for (const name of ["libtorch.so", "libtorch_cpu.so", "libc10.so"]) workspace.write(`${lib}/${name}`, "");
  return join(workspace.folder, "libtorch");
}

describe("pipe engine install of", () => {
  it("an engine that is missing", async () => {
    expectOneError(await workspace.pipe("engine", "install", "torhc"), {
      exit: 2,
      code: "UNKNOWN_ENGINE",
      at: undefined,
      says: [
        "expected      torch, tensorflow",
        "found         torhc",
        "did you mean  torch",
        "next          pipe doctor",
      ],
    });
  });

  it("an engine that needs none", async () => {
    expectOneError(await workspace.pipe("engine", "install", "wasm"), {
      exit: 2,
      code: "ENGINE_NOT_INSTALLABLE",
      at: undefined,
      says: ["expected      torch, tensorflow, tensorflow-gpu, webgpu", "found         wasm"],
    });
  });

  it.skipIf(process.platform !== "linux")("an engine that nobody agrees to, where nobody can be asked", async () => {
    const env = { LIBTORCH: emptyLibtorch(), CXX: "true" };
    expectOneError(await workspace.pipeWith(env, "engine", "install", "torch"), {
      exit: 2,
      code: "ENGINE_INSTALL_FAILED",
      at: undefined,
      says: ["expected      yes", "next          pipe engine install torch --yes"],
    });
    expectOneError(await workspace.pipe("engine", "install", "webgpu"), {
      exit: 2,
      code: "ENGINE_INSTALL_FAILED",
      at: undefined,
      says: ["next          pipe engine install webgpu --yes"],
    });
    expect(existsSync(join(workspace.folder, "cache/engines"))).toBe(false);
  });

  it.skipIf(process.platform !== "linux")("torch with a libtorch or a compiler that is none", async () => {
    expectOneError(await workspace.pipeWith({ LIBTORCH: "./nowhere" }, "engine", "install", "torch", "--yes"), {
      exit: 2,
      code: "ENGINE_INSTALL_FAILED",
      at: "./nowhere",
      says: ["nowhere/ATen/ATen.h", "found         no such file"],
    });
    const env = { LIBTORCH: emptyLibtorch(), CXX: "no-such-compiler" };
    expectOneError(await workspace.pipeWith(env, "engine", "install", "torch", "--yes"), {
      exit: 2,
      code: "ENGINE_INSTALL_FAILED",
      at: "no-such-compiler",
      says: ["expected      a C++ compiler", "export CXX=g++"],
    });
  });
});

describe("the engine torch that EOSIN_TORCH names", () => {
  it("is told as it is, and the others still work", async () => {
    const broken = workspace.write("broken/eosin-torch.node", "");
    const { code, stdout } = await workspace.pipeWith({ EOSIN_TORCH: broken }, "engine", "list");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}– torch {2}the addon is not usable: .*\n {6}to enable: pipe engine install torch$/m);
    expect(stdout).toContain("auto takes wasm");
    const json = JSON.parse((await workspace.pipeWith({ EOSIN_TORCH: broken }, "engine", "list", "--json")).stdout);
    expect(json.engines.map((each: { name: string }) => each.name)).toContain("cpu");
    expect(json.auto.identity.name).toBe("wasm");
  });
});
