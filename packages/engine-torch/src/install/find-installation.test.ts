import { realpathSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { findInstallation } from "./find-installation.js";
import { emptyLibtorch, temporaryFolder, writeBuild, writeFiles } from "./installing.test-support.js";

let cache: string;
let libtorch: string;
beforeEach(() => {
  cache = temporaryFolder();
  libtorch = emptyLibtorch("2.0.0");
});

const about = { version: "2.0.0", cuda: false, devices: [], graphs: false, bf16: false, threads: 1 };
const find = (env: NodeJS.ProcessEnv = {}) => findInstallation({ env: { EOSIN_CACHE: cache, ...env } });

describe("finding the addon", () => {
  it("finds nothing where nothing was built", () => {
    expect(find()).toBe(undefined);
  });

  it("finds a build in the cache, beside those for other processors", () => {
    const addon = writeBuild(cache, libtorch);
    writeBuild(cache, libtorch, { processor: "other" }, "2.0.0-0");
    expect(find()).toMatchObject({ addon, info: { version: "2.0.0" } });
  });

  it("takes the one that EOSIN_TORCH names", () => {
    writeBuild(cache, libtorch);
    const addon = writeBuild(temporaryFolder(), libtorch, { version: "2.1.0" });
    expect(find({ EOSIN_TORCH: addon })).toMatchObject({ addon, info: { version: "2.1.0" } });
    expect(find({ EOSIN_TORCH: "/nowhere/a.node" })).toEqual({
      fault: expect.stringContaining("EOSIN_TORCH names /nowhere/a.node, which is missing"),
    });
  });

  it("says what stands against the one that is there", () => {
    writeBuild(cache, libtorch, { processor: "other", processorModel: "Old one" });
    expect(find()).toEqual({
      fault: expect.stringMatching(/built for another processor \(Old one, .*\) than this one/),
    });
    writeBuild(cache, libtorch, { sourcesHash: "other" });
    expect(find()).toEqual({ fault: expect.stringContaining("other sources") });
    const addon = writeBuild(cache, libtorch);
    rmSync(join(libtorch, "lib/libtorch_cpu.so"));
    expect(find()).toEqual({ fault: expect.stringMatching(/^libtorch 2\.0\.0 is gone/) });
    rmSync(addon);
    expect(find()).toEqual({ fault: expect.stringContaining("eosin-torch.node") });
  });

  it("is not usable beside another BLAS than it was built beside", () => {
    const [link, file, other] = ["libblas.so.3", "openblas", "reference"].map((name) => join(libtorch, name));
    writeFiles(libtorch, { openblas: "", reference: "" });
    symlinkSync(file, link);
    const info = { about: { ...about, blas: { link, file: realpathSync(file), name: "OpenBLAS 0.3.21" } } };
    const addon = writeBuild(cache, libtorch, info);
    expect(find()).toMatchObject({ addon });
    rmSync(link);
    symlinkSync(other, link);
    expect(find()).toEqual({ fault: expect.stringMatching(/beside OpenBLAS 0\.3\.21 .*openblas.*reference now$/) });
    rmSync(link);
    expect(find()).toEqual({ fault: expect.stringContaining("another library now") });
  });

  it("never throws, whatever is in the files", () => {
    const addon = writeBuild(cache, libtorch);
    for (const content of ["", "null", "[]", "{}", '{"version":"2.0.0"}']) {
      writeFiles(join(addon, ".."), { "installation.json": content });
      expect(find()).toEqual({ fault: expect.stringContaining("not usable") });
    }
    expect(findInstallation({ env: { EOSIN_CACHE: addon } })).toBe(undefined);
  });
});
