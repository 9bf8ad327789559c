import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A clone in miniature: the real `pipe`, stand-ins for what it starts. */
let folder: string;
const clone = (...path: string[]) => join(folder, "clone", ...path);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "eosin-launcher-"));
  await mkdir(clone("packages/cli/dist"), { recursive: true });
  await mkdir(clone("packages/cli/src"));
  await mkdir(clone("scripts"));
  await mkdir(join(folder, "bin"));
  await copyFile(join(root, "pipe"), clone("pipe"));
  await writeFile(clone("package.json"), '{ "packageManager": "pnpm@1.2.3" }\n');
  for (const name of ["pnpm-lock.yaml", "tsconfig.base.json", "turbo.json", "packages/cli/src/a.ts"]) {
    await writeFile(clone(name), "");
  }
  await writeFile(clone("packages/cli/dist/bin.js"), "console.log(JSON.stringify(process.argv.slice(2)));\n");
});
afterEach(() => rm(folder, { recursive: true }));

/** Puts a shell script on the PATH before everything else. */
async function standIn(name: string, script: string): Promise<void> {
  await writeFile(join(folder, "bin", name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, "bin", name), 0o755);
}

/** A pnpm of the pinned version that writes down how it was called. */
const pnpm = (install = "exit 0", build = "exit 0") =>
  standIn(
    "pnpm",
    `[ "$1" = --version ] && { echo 1.2.3; exit; }\necho "$1" >>"${folder}/calls"\n[ "$1" = install ] && { ${install}; }\n${build}`,
  );

const calls = async () => (await readFile(join(folder, "calls"), "utf8").catch(() => "")).split("\n").filter(Boolean);

function pipe(args: readonly string[], program = clone("pipe"), cwd = folder) {
  const env = { ...process.env, PATH: `${join(folder, "bin")}:${process.env.PATH}` };
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(program, args, { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

describe("pipe, the launcher", () => {
  it("installs and builds once, then only passes its arguments on", async () => {
    await pnpm();
    const first = await pipe(["run", "a b.yaml", "--set", "x=1"]);
    expect(JSON.parse(first.stdout)).toEqual(["run", "a b.yaml", "--set", "x=1"]);
    expect(first.stderr).toContain("installing");
    expect(await calls()).toEqual(["install", "exec"]);
    const second = await pipe(["list"]);
    expect(second.stderr).toBe("");
    expect(await calls()).toEqual(["install", "exec"]);
  });

  it("builds again after an edit, installs again after the lockfile changed", async () => {
    await pnpm();
    await pipe([]);
    const later = new Date(Date.now() + 5000);
    await utimes(clone("packages/cli/src/a.ts"), later, later);
    await pipe([]);
    expect(await calls()).toEqual(["install", "exec", "exec"]);
    await utimes(clone("packages/cli/src/a.ts"), 0, 0);
    await utimes(clone("pnpm-lock.yaml"), later, later);
    await pipe([]);
    expect((await calls()).slice(3)).toContain("install");
  });

  it("works from any folder and through a link", async () => {
    await pnpm();
    await symlink(clone("pipe"), join(folder, "link"));
    expect((await pipe(["x"], "./link")).stdout.trim()).toBe('["x"]');
    expect((await pipe(["x"], "../clone/pipe", join(folder, "bin"))).stdout.trim()).toBe('["x"]');
  });

  it("takes over the lock of a process that is gone", async () => {
    await pnpm();
    await mkdir(clone("node_modules/.eosin/lock"), { recursive: true });
    await writeFile(clone("node_modules/.eosin/lock/pid"), "99999999\n");
    expect((await pipe(["x"])).code).toBe(0);
  });

  it("says that Node is too old", async () => {
    await standIn("node", '[ "$1" = --version ] && { echo v18.20.0; exit; }; exit 1');
    const { code, stderr } = await pipe(["run"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Node v18\.20\.0 is too old: Eosin needs 20\.12 or newer\.\n.*Install a newer Node/);
  });

  it("says that there is no network, and tries again the next time", async () => {
    await pnpm("echo ' ERR_PNPM_META_FETCH_FAIL  request failed, reason: connect ECONNREFUSED'; exit 1");
    const { code, stderr } = await pipe(["run"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/the npm registry cannot be reached\.\n.*connect/);
    await pnpm();
    expect((await pipe(["x"])).code).toBe(0);
  });

  it("says that the build failed, with its errors", async () => {
    await pnpm("exit 0", "echo 'src/a.ts(1,1): error TS2304: Cannot find name x.'; exit 1");
    const { code, stderr } = await pipe(["run"]);
    expect(code).toBe(2);
    expect(stderr).toContain("error TS2304");
    expect(stderr).toMatch(/the build failed \(its errors above\)/);
  });
});
