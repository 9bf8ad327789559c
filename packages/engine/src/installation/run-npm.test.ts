import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { agreeing, programInstead, temporaryFolder } from "./npm.test-support.js";
import { prepareFolder } from "./prepare-folder.js";
import { runNpm } from "./run-npm.js";

const run = { engine: "webgpu", args: ["install", "webgpu"], next: "Fix it" };

describe.skipIf(process.platform === "win32")("npm, in an engine's folder", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("is run there, and what it prints is shown", async () => {
    vi.stubEnv("PATH", programInstead("npm", 'echo "added"; echo "$*"').path);
    const folder = temporaryFolder();
    const said: string[] = [];
    await runNpm({ ...run, folder }, agreeing(said));
    expect(said[0]).toBe("added");
    expect(said[1]).toContain(`install webgpu --prefix ${folder}`);
  });

  it("fails with its last lines and with what a compiler said first", async () => {
    const noise = "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo noise $i; done";
    vi.stubEnv("PATH", programInstead("npm", `echo "a.cc:1: fatal error: b.h: none"; ${noise}; exit 3`).path);
    await expect(runNpm({ ...run, folder: temporaryFolder() }, agreeing())).rejects.toMatchObject({
      code: "ENGINE_INSTALL_FAILED",
      found: expect.stringMatching(/^a\.cc:1: fatal error: b\.h: none\nnoise 1\n[\s\S]*noise 12$/),
      next: "Fix it",
    });
  });

  it("says where there is no network", async () => {
    vi.stubEnv("PATH", programInstead("npm", 'echo "npm error code ENOTFOUND" >&2; exit 1').path);
    await expect(runNpm({ ...run, folder: temporaryFolder() }, agreeing())).rejects.toMatchObject({
      code: "ENGINE_INSTALL_FAILED",
      message: expect.stringContaining("reached no registry"),
    });
  });

  it("says where there is no npm", async () => {
    vi.stubEnv("PATH", temporaryFolder());
    await expect(runNpm({ ...run, folder: temporaryFolder() }, agreeing())).rejects.toMatchObject({
      code: "ENGINE_INSTALL_FAILED",
      message: expect.stringContaining("could not be started"),
    });
  });
});

describe("an engine's folder", () => {
  it("is made only where somebody agrees", async () => {
    const folder = join(temporaryFolder(), "engines", "webgpu");
    const how = { engine: "webgpu", folder, what: "webgpu", scripts: ["webgpu"] };
    await expect(prepareFolder(how, { ...agreeing(), assumeYes: false })).rejects.toMatchObject({
      code: "ENGINE_INSTALL_FAILED",
      next: "pipe engine install webgpu --yes",
    });
    await prepareFolder(how, agreeing());
    expect(JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))).toMatchObject({
      private: true,
      allowScripts: { webgpu: true },
    });
  });
});
