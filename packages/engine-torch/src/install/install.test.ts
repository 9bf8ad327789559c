import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aptCommand, runApt } from "./apt.js";
import { buildHash } from "./build.js";
import { findInstallation } from "./find-installation.js";
import { installTorch } from "./install.js";
import {
  agreeing,
  emptyLibtorch,
  program,
  temporaryFolder,
  writeBuild,
  writeFiles,
} from "./installing.test-support.js";
import { isLibtorch, locateLibtorch } from "./locate.js";

describe.skipIf(process.platform !== "linux")("installing the engine torch", () => {
  let cache: string;
  let home: string;
  beforeEach(() => {
    cache = temporaryFolder();
    home = emptyLibtorch("2.0.0");
    vi.stubEnv("EOSIN_CACHE", cache);
    vi.stubEnv("EOSIN_TORCH", undefined);
    vi.stubEnv("LIBTORCH", home);
    vi.stubEnv(
      "CXX",
      program("compiler", 'case $1 in --version) echo "one 1.0";; *) echo "a.cc:1: error: no" >&2; exit 1;; esac'),
    );
  });
  afterEach(() => vi.unstubAllEnvs());

  it("builds only what somebody agrees to", async () => {
    const asked: string[] = [];
    const confirm = async (question: string) => asked.push(question) === 0;
    await expect(installTorch({ ...agreeing(), assumeYes: false, confirm })).rejects.toMatchObject({
      code: "ENGINE_INSTALL_FAILED",
      next: "pipe engine install torch --yes",
    });
    expect(asked).toEqual([
      expect.stringMatching(/^Build the engine torch against libtorch 2\.0\.0 \(LIBTORCH, .*\?$/),
    ]);
    expect(existsSync(join(cache, "engines"))).toBe(false);
  });

  it("leaves what is built already, unless it is for another libtorch or told to", async () => {
    const library = await locateLibtorch();
    if (!isLibtorch(library)) throw new Error(library.missing);
    const addon = writeBuild(cache, home, { buildHash: buildHash(library) });
    const said: string[] = [];
    const gpu = { name: "GPU", memory: 2 ** 30 };
    const about = { version: "2.0.0", cuda: true, devices: [gpu], graphs: false, bf16: true, threads: 2 };
    expect(await installTorch(agreeing(said), async () => about)).toMatchObject({ addon });
    expect(said).toEqual([expect.stringMatching(/built already, against libtorch 2\.0\.0/)]);
    expect(findInstallation()).toMatchObject({ info: { about } });
    const compiles = { code: "ENGINE_INSTALL_FAILED", found: "a.cc:1: error: no" };
    await expect(installTorch({ ...agreeing(), force: true })).rejects.toMatchObject(compiles);
    vi.stubEnv("LIBTORCH", emptyLibtorch("2.1.0"));
    await expect(installTorch(agreeing())).rejects.toMatchObject(compiles);
    expect(existsSync(addon)).toBe(true);
  });

  it("goes on without CUDA's part where that does not compile", async () => {
    writeFiles(join(home, "lib"), { "libtorch_cuda.so": "" });
    const headers = ["cuda_runtime_api", "cublas_v2", "cublasLt", "cusparse", "cusolverDn"];
    const cuda = Object.fromEntries(headers.map((name) => [`include/${name}.h`, ""]));
    vi.stubEnv("CUDA_HOME", writeFiles(temporaryFolder(), cuda));
    const script = `case "$*" in
      --version) echo "one 1.0";;
      *EOSIN_CUDA*cuda-graph.cc*) echo "cuda-graph.cc:1: error: no such type" >&2; exit 1;;
      *EOSIN_CUDA*) ;;
      *cuda-graph.cc*) echo "error: not to be compiled" >&2; exit 1;;
      *) echo "error: without it" >&2; exit 1;;
    esac`;
    vi.stubEnv("CXX", program("compiler", script));
    const said: string[] = [];
    await expect(installTorch(agreeing(said))).rejects.toMatchObject({ found: "error: without it" });
    expect(said.at(-1)).toMatch(/^cuda-graph\.cc does not compile \(.*no such type\).*records no CUDA graphs/);
  });

  it("builds again what does not load any more", async () => {
    const library = await locateLibtorch();
    if (!isLibtorch(library)) throw new Error(library.missing);
    writeBuild(cache, home, { buildHash: buildHash(library) });
    const said: string[] = [];
    await expect(installTorch(agreeing(said))).rejects.toMatchObject({ found: "a.cc:1: error: no" });
    expect(said[0]).toContain("does not load any more");
  });
});

describe.skipIf(process.platform !== "linux")("Debian's packages", () => {
  const root = writeFiles(temporaryFolder(), { "etc/debian_version": "12.0\n" });

  it("are offered where apt-get is, through sudo for others than root", () => {
    const PATH = temporaryFolder();
    expect(aptCommand({ env: { PATH }, root })).toBe(undefined);
    program("apt-get", "", PATH);
    program("sudo", "", PATH);
    const { command } = aptCommand({ env: { PATH }, root }) ?? { command: [] };
    expect(command.join(" ")).toMatch(
      /^(sudo )?apt-get install --yes --no-install-recommends libtorch-dev g\+\+ libopenblas0-openmp$/,
    );
    expect(aptCommand({ env: { PATH }, root: PATH })).toBe(undefined);
  });

  it("are looked up again where their lists know none, and a failure is told", async () => {
    const PATH = temporaryFolder();
    const log = join(PATH, "log");
    const path = (folder: string) => vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
    program("apt-cache", "exit 100", PATH);
    const apt = program(
      "apt-get",
      `echo "$*" >> ${log}; case $1 in install) echo "E: no such package" >&2; exit 100;; esac`,
      PATH,
    );
    path(PATH);
    const failure = await runApt({ command: [apt, "install", "a"], update: [apt, "update"] }, agreeing());
    vi.unstubAllEnvs();
    expect(failure).toBe("E: no such package");
    expect(readFileSync(log, "utf8")).toBe("update\ninstall a\n");
  });
});
