import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findPythonPackage } from "./python-package.js";

const folder = mkdtempSync(join(tmpdir(), "eosin-python-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** An interpreter that is this shell script. */
function python(script: string): string {
  const file = join(folder, `python-${Math.random()}`);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}
const find = (script: string) => findPythonPackage("torch", { ...process.env, EOSIN_PYTHON: python(script) });

describe.skipIf(process.platform === "win32")("a package of Python", () => {
  it("is where the interpreter says, whatever it prints before", async () => {
    const found = await find(`echo hello; echo '{"folder": "/a/torch", "version": "2.10.0"}'`);
    expect(found).toEqual({ python: expect.stringContaining(folder), folder: "/a/torch", version: "2.10.0" });
    expect(await find(`echo '{"folder": "/a/torch", "version": null}'`)).not.toHaveProperty("version");
  });

  it("may be absent", async () => {
    const found = await find(`echo '{"folder": null, "version": null}'`);
    expect(found).toEqual({
      python: expect.any(String),
      missing: expect.stringMatching(/^.*python-\S+ has no module torch$/),
    });
  });

  it.each([
    ["fails", "echo 'a trace' >&2; echo 'ImportError: no' >&2; exit 1", "ImportError: no"],
    ["says something else", "echo 3", 'it answered "3"'],
    ["is not a Python", "echo usage", 'it answered "usage"'],
    ["says nothing", "", 'it answered ""'],
  ])("is not known where the interpreter %s", async (_, script, reason) => {
    expect(await find(script)).toMatchObject({ missing: expect.stringMatching(reason) });
  });

  it("is not known without an interpreter", async () => {
    const found = await findPythonPackage("torch", { EOSIN_PYTHON: join(folder, "absent") });
    expect(found).toMatchObject({
      missing: expect.stringMatching(/could not be asked \(.*ENOENT\)/),
      fault: { message: expect.stringContaining("ENOENT"), cause: expect.objectContaining({ code: "ENOENT" }) },
    });
  });
});

describe.skipIf(!hasPython())("a real Python", () => {
  const sites = join(folder, "sites");
  const env = { ...process.env, PYTHONPATH: sites, EOSIN_PYTHON: undefined };

  it("finds a package with the version of its distribution, and imports nothing", async () => {
    mkdirSync(join(sites, "stainlib"), { recursive: true });
    mkdirSync(join(sites, "stain_lib_cpu-1.2.3.dist-info"));
    writeFileSync(join(sites, "stainlib/__init__.py"), "raise SystemExit(3)\n");
    const about = "Metadata-Version: 2.1\nName: stain-lib-cpu\nVersion: 1.2.3\n";
    writeFileSync(join(sites, "stain_lib_cpu-1.2.3.dist-info/METADATA"), about);
    writeFileSync(join(sites, "stain_lib_cpu-1.2.3.dist-info/top_level.txt"), "stainlib\n");
    const found = await findPythonPackage("stainlib", env);
    expect(found).toMatchObject({ python: "python3", folder: join(sites, "stainlib") });
    if (knowsDistributions()) expect(found).toHaveProperty("version", "1.2.3");
  });

  it("finds none that is not there, and none of a folder without code", async () => {
    mkdirSync(join(sites, "emptylib"), { recursive: true });
    for (const name of ["absentlib", "emptylib", "sys"]) {
      expect(await findPythonPackage(name, env)).toEqual({
        python: "python3",
        missing: `python3 has no module ${name}`,
      });
    }
  });
});

function hasPython(): boolean {
  try {
    execFileSync("python3", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function knowsDistributions(): boolean {
  const minor = execFileSync("python3", ["-c", "import sys; print(sys.version_info[1])"], { encoding: "utf8" });
  return Number(minor) >= 10;
}
