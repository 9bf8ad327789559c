import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryBeside } from "@eosin/support/temporary-file";
import { beforeAll, describe, expect, it } from "vitest";
import { type BuildOptions, buildAddon } from "./build.js";
import { findCompiler } from "./compiler.js";
import { findInstallation } from "./find-installation.js";
import {
  agreeing,
  emptyLibtorch,
  program,
  temporaryFolder,
  writeBuild,
  writeFiles,
} from "./installing.test-support.js";
import type { Libtorch } from "./library.js";
import { isLibtorch, locateLibtorch } from "./locate.js";

const hasCompiler = await findCompiler().then(
  () => true,
  () => false,
);

/** An addon that answers as ours does, in plain Node-API. */
const smallAddon = `
#include <node_api.h>
extern "C" int number();
static napi_value about(napi_env env, napi_callback_info) {
  napi_value script, result;
  napi_create_string_utf8(env, "({version:'2.0.0',cuda:false,devices:[],bf16:true,threads:3})", NAPI_AUTO_LENGTH, &script);
  napi_run_script(env, script, &result);
  return number() == 7 ? result : nullptr;
}
NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "about", NAPI_AUTO_LENGTH, about, nullptr, &function);
  napi_set_named_property(env, exports, "about", function);
  return exports;
}
`;

describe.skipIf(process.platform !== "linux" || !hasCompiler)("building the addon (needs a C++ compiler)", () => {
  let home: string;
  let library: Libtorch;
  beforeAll(async () => {
    home = emptyLibtorch("2.0.0");
    const source = join(writeFiles(temporaryFolder(), { "empty.c": "" }), "empty.c");
    const { command } = await findCompiler();
    const libraries = ["libtorch.so", "libtorch_cpu.so", "libc10.so"].map((name) => join(home, "lib", name));
    for (const file of libraries) execFileSync(command[0], ["-shared", source, "-o", file]);
    const found = await locateLibtorch({ env: { LIBTORCH: home } });
    if (isLibtorch(found)) library = found;
  });

  const build = (files: { readonly [name: string]: string }, more: Partial<BuildOptions> = {}, how = agreeing()) => {
    const cache = temporaryFolder();
    const options = { folder: join(cache, "engines/torch"), sources: writeFiles(temporaryFolder(), files), ...more };
    return { cache, ...options, built: buildAddon(library, how, options) };
  };
  const working = { "addon.cc": smallAddon, "number.cc": 'extern "C" int number() { return 7; }' };

  it("leaves one that loads, with what it says of itself, and no other of its processor", async () => {
    const cache = temporaryFolder();
    const replaced = writeBuild(cache, home, {}, "1.0.0-old");
    const foreign = writeBuild(cache, home, { processor: "other" }, "1.0.0-foreign");
    const killed = temporaryBeside("1.0.0-killed").replace(`.${process.pid}.`, ".999999999.");
    writeFiles(join(cache, "engines/torch"), { [`${killed}/objects/a.o`]: "" });
    const steps: string[] = [];
    const how = {
      ...agreeing(),
      progress: (what: string, done: number, total?: number) => steps.push(`${what} ${done}/${total}`),
    };
    const { built, sources } = build(working, { folder: join(cache, "engines/torch") }, how);
    const { addon, info } = await built;
    expect(info).toMatchObject({ version: "2.0.0", kind: "named", libraryFolder: join(home, "lib") });
    expect(info.about).toMatchObject({ devices: [], bf16: true, threads: 3 });
    expect(steps).toEqual([0, 1, 2, 3].map((done) => `compiling ${done}/3`));
    const names = [dirname(addon), dirname(foreign)].map((folder) => folder.slice(folder.lastIndexOf("/") + 1));
    expect(readdirSync(join(cache, "engines/torch")).sort()).toEqual(names.sort());
    expect(existsSync(replaced)).toBe(false);
    expect(findInstallation({ env: { EOSIN_CACHE: cache }, sources })).toEqual({ addon, info });
    expect(findInstallation({ env: { EOSIN_CACHE: cache } })).toMatchObject({ fault: expect.any(String) });
  });

  it("fails with the compiler's first errors, and leaves nothing", async () => {
    const { built, folder } = build({ "a.cc": "int main() { return nowhere; }\n" });
    await expect(built).rejects.toMatchObject({
      code: "ENGINE_INSTALL_FAILED",
      message: expect.stringContaining("libtorch 2.0.0 (LIBTORCH)"),
      place: "a.cc",
      found: expect.stringMatching(/a\.cc:1:\d+: error: .*nowhere/),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("fails where the addon does not load", async () => {
    const { built, folder } = build({ "a.cc": "extern int nowhere();\nint here() { return nowhere(); }\n" });
    await expect(built).rejects.toMatchObject({
      code: "ENGINE_INSTALL_FAILED",
      found: expect.stringMatching(/Error: .*(nowhere|register)/),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("ends at once where it is aborted", async () => {
    const controller = new AbortController();
    const slow = { command: [program("g++", "sleep 60")], version: "slow" };
    const how = { ...agreeing(), signal: controller.signal };
    const { built, folder } = build({ "a.cc": "" }, { compiler: slow }, how);
    setTimeout(() => controller.abort(), 100);
    await expect(built).rejects.toMatchObject({ name: "AbortError" });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("the compiler", () => {
  it("is the one that CXX names, with its arguments, or none", async () => {
    const own = program("own", 'echo "own 1.0 $*"');
    expect(await findCompiler({ CXX: `${own} -m64` })).toEqual({
      command: [own, "-m64"],
      version: "own 1.0 -m64 --version",
    });
    await expect(findCompiler({ CXX: "no-such-compiler" })).rejects.toMatchObject({
      code: "ENGINE_INSTALL_FAILED",
      place: "no-such-compiler",
    });
  });

  it("that is missing is named by its package", async () => {
    await expect(findCompiler({ PATH: temporaryFolder() })).rejects.toMatchObject({
      code: "ENGINE_INSTALL_FAILED",
      next: expect.stringContaining("apt-get install g++"),
    });
  });
});
