import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  emptyLibraries,
  emptyLibtorch,
  headersOf,
  program,
  temporaryFolder,
  writeFiles,
} from "./installing.test-support.js";
import type { Libtorch } from "./library.js";
import { locateLibtorch } from "./locate.js";

const nothing = temporaryFolder();
/** A machine that has none. */
const bare = { PATH: `${nothing}:/bin:/usr/bin`, EOSIN_CACHE: nothing, LIBTORCH_USE_PYTORCH: "0" };
const locate = (env: NodeJS.ProcessEnv, root = nothing) => locateLibtorch({ env: { ...bare, ...env }, root });

/** A Python that answers with the place of its torch. */
const python = (home: string) => program("python", `echo '${JSON.stringify({ folder: home || null, version: null })}'`);
const withPython = (file: string) => ({ LIBTORCH_USE_PYTORCH: undefined, EOSIN_PYTHON: file });

describe.skipIf(process.platform !== "linux")("locating libtorch", () => {
  it("takes the folder that LIBTORCH names, before all others", async () => {
    const home = emptyLibtorch("2.10.1");
    const env = { ...withPython(python(emptyLibtorch("2.1.0"))), LIBTORCH: home };
    expect(await locate(env)).toEqual({
      version: "2.10.1",
      kind: "named",
      origin: "LIBTORCH",
      includeFolders: [join(home, "include"), join(home, "include/torch/csrc/api/include")],
      libraryFolder: join(home, "lib"),
      cxx11Abi: true,
      cuda: undefined,
    });
  });

  it("takes LIBTORCH_INCLUDE and LIBTORCH_LIB, the folders or what holds them", async () => {
    const home = emptyLibtorch("2.3.0");
    for (const [include, lib] of [
      [home, home],
      [join(home, "include"), join(home, "lib")],
    ]) {
      const env = { LIBTORCH_INCLUDE: include, LIBTORCH_LIB: lib };
      expect(await locate(env)).toMatchObject({ version: "2.3.0", libraryFolder: join(home, "lib") });
    }
    await expect(locate({ LIBTORCH_LIB: home })).rejects.toMatchObject({
      code: "ENGINE_INSTALL_FAILED",
      found: "LIBTORCH_LIB alone",
    });
  });

  it("refuses a named one that lacks its headers instead of taking another", async () => {
    const home = emptyLibtorch("2.3.0");
    rmSync(join(home, "include/ATen"), { recursive: true });
    await expect(locate({ LIBTORCH: home, ...withPython(python(emptyLibtorch("2.1.0"))) })).rejects.toMatchObject({
      code: "ENGINE_INSTALL_FAILED",
      expected: join(home, "include/ATen/ATen.h"),
      next: expect.stringContaining("unset"),
    });
  });

  it("takes the PyTorch of a Python, unless it is told to pass it over", async () => {
    const home = emptyLibtorch("2.13.0");
    const env = withPython(python(home));
    expect(await locate(env)).toMatchObject({ version: "2.13.0", kind: "python", libraryFolder: join(home, "lib") });
    expect(await locate({ ...env, LIBTORCH_USE_PYTORCH: "0" })).toMatchObject({ missing: expect.any(String) });
    expect(await locate(withPython(python("")))).toMatchObject({ missing: expect.stringContaining("no module torch") });
  });

  it("refuses a Python that does not answer, or whose PyTorch has no headers", async () => {
    await expect(locate(withPython(join(nothing, "python9")))).rejects.toMatchObject({
      code: "ENGINE_INSTALL_FAILED",
      found: expect.stringContaining("ENOENT"),
    });
    await expect(locate(withPython(python(nothing)))).rejects.toMatchObject({
      expected: join(nothing, "include/ATen/ATen.h"),
      next: expect.stringContaining("LIBTORCH_USE_PYTORCH=0"),
    });
  });

  it("takes the distribution's", async () => {
    const root = temporaryFolder();
    writeFiles(join(root, "usr/include"), headersOf("1.13.0"));
    const libraries = writeFiles(join(root, "usr/lib/x86_64-linux-gnu"), emptyLibraries);
    expect(await locate({}, root)).toMatchObject({ version: "1.13.0", kind: "system", libraryFolder: libraries });
  });

  it("takes one that was downloaded", async () => {
    const cache = temporaryFolder();
    emptyLibtorch("2.10.0", join(cache, "engines/torch/libtorch-2.10.0"));
    expect(await locate({ EOSIN_CACHE: cache })).toMatchObject({ version: "2.10.0", kind: "archive" });
  });

  it("says of each place that it has none", async () => {
    expect(await locate({})).toEqual({
      missing:
        "LIBTORCH is not set; LIBTORCH_USE_PYTORCH=0 passes Python over; libtorch-dev is not installed; none was downloaded",
    });
  });

  it("reads from the library which strings it was built with", async () => {
    const home = emptyLibtorch("2.1.0");
    writeFiles(join(home, "lib"), { "libc10.so": "\0_ZN3c105ErrorC1ENS_14SourceLocationESs\0" });
    expect(await locate({ LIBTORCH: home })).toMatchObject({ cxx11Abi: false });
  });

  it("finds CUDA's headers in a toolkit or in wheels, and does without", async () => {
    const packages = temporaryFolder();
    const home = emptyLibtorch("2.13.0", join(packages, "torch"));
    writeFiles(join(home, "lib"), { "libtorch_cuda.so": "" });
    expect(await locate({ LIBTORCH: home, CUDA_HOME: nothing })).toMatchObject({ cuda: {} });
    const names = ["cublas_v2.h", "cublasLt.h", "cusparse.h", "cusolverDn.h"];
    const headers = Object.fromEntries(names.map((name) => [`nvidia/all/include/${name}`, ""]));
    writeFiles(packages, { ...headers, "nvidia/cuda_runtime/include/cuda_runtime_api.h": "" });
    const { cuda } = (await locate({ LIBTORCH: home })) as Libtorch;
    expect(cuda?.includeFolders).toContain(join(packages, "nvidia/cuda_runtime/include"));
  });
});
