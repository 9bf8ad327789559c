import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { API_VERSION, type EosinError, type Logger, type ServiceToken } from "@eosin/plugin-api";
import { beforeEach, describe, expect, it } from "vitest";
import { createFileHasher } from "../files/file-hasher.js";
import { emptyFolder } from "../store/fixtures/empty-folder.js";
import { loadLockedPlugins, loadPlugins } from "./load-plugins.js";

const log: Logger = { info() {}, warn() {} };
let folder: string;

beforeEach(() => {
  folder = emptyFolder();
});

function file(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Plain branded objects: what a plugin with its own copy of the contract looks like to the core. */
function plugin(at: string, name: string, body: string, manifest: object = {}): void {
  file(
    `${at}/package.json`,
    JSON.stringify({ name, version: "1.2.3", type: "module", exports: "./index.js", ...manifest }),
  );
  file(
    `${at}/index.js`,
    `export default { $eosin: "plugin", name: ${JSON.stringify(name)}, apiVersion: "${API_VERSION}", components: [], kinds: [],
      services: [], requires: [], ${body} };`,
  );
}

const component = (type: string, create: string, kind = "metric") =>
  `{ $eosin: "component", kind: "${kind}", type: "${type}", summary: "", options: {}, create: ${create} }`;

const service = (name: string, create: string) => `{ $eosin: "service", token: ${token(name)}, create: ${create} }`;

const token = (name: string) =>
  `{ $eosin: "service-token", name: "${name}", symbol: Symbol.for("eosin:service:${name}") }`;

async function load(plugins: Record<string, string>, from: readonly string[] = []) {
  return loadPlugins(
    { plugins, baseFolder: folder, placeOf: () => ({ file: "a.yaml", line: 3, column: 3 }) },
    { from },
  );
}

async function failure(work: Promise<unknown>): Promise<EosinError> {
  return work.then(
    () => expect.unreachable(),
    (error) => error,
  );
}

describe("finding plugins", () => {
  it("looks beside the document, in every folder above it, then where the caller says", async () => {
    plugin("node_modules/near", "near", "");
    plugin("elsewhere/node_modules/@far/away", "@far/away", "");
    folder = join(folder, "deep/er");
    mkdirSync(folder, { recursive: true });
    const registry = await load({ near: "^1.0.0", "@far/away": "*" }, [join(folder, "../../elsewhere")]);
    expect(Object.keys(registry.plugins)).toEqual(["near", "@far/away"]);
    expect(registry.plugins.near).toMatchObject({ version: "1.2.3", apiVersion: API_VERSION, requires: [] });
  });

  it("looks beside the document last where the caller wants that", async () => {
    plugin("node_modules/near", "near", "", { version: "1.0.1" });
    plugin("elsewhere/node_modules/near", "near", "");
    plugin("mine", "mine", "");
    const from = [join(folder, "elsewhere")];
    const source = { plugins: { near: "*", "./mine": "*" }, baseFolder: folder };
    expect((await loadPlugins(source, { from })).plugins.near.version).toBe("1.0.1");
    expect((await loadPlugins(source, { from, documentLast: true })).plugins.near.version).toBe("1.2.3");
  });

  it("finds nothing by a name that climbs out of node_modules", async () => {
    plugin("outside", "outside", "");
    mkdirSync(join(folder, "node_modules/x"), { recursive: true });
    for (const name of ["x/../../outside", "/outside", "x/./outside", "x\\..\\..\\outside"]) {
      expect(await failure(load({ [name]: "*" }))).toMatchObject({ code: "PLUGIN_NOT_FOUND" });
    }
  });

  it("asks whether packages may be imported before it imports any", async () => {
    plugin("node_modules/near", "near", "", { version: "1.0.1" });
    file("node_modules/near/index.js", "throw new Error('imported');");
    plugin("mine", "mine", "");
    const seen: string[] = [];
    const admit = async (found: readonly { request: string }[]) => {
      seen.push(...found.map(({ request }) => request));
      throw new Error("refused");
    };
    const loading = loadPlugins({ plugins: { near: "*", "./mine": "*" }, baseFolder: folder }, { from: [], admit });
    await expect(loading).rejects.toThrow("refused");
    expect(seen).toEqual(["near", "./mine"]);
  });

  it("takes plugins in folders, and a package that names itself", async () => {
    plugin("mine", "mine", "");
    folder = join(folder, "mine");
    file("examples/readme", "");
    folder = join(folder, "examples");
    expect(Object.keys((await load({ "../": "*" })).plugins)).toEqual(["mine"]);
    expect(Object.keys((await load({ mine: "*" })).plugins)).toEqual(["mine"]);
  });

  it("reads conditional exports", async () => {
    plugin("node_modules/a", "a", "", { exports: { ".": { types: "./no.d.ts", import: { default: "./index.js" } } } });
    expect(Object.keys((await load({ a: "*" })).plugins)).toEqual(["a"]);
  });

  it("loads what a plugin requires, from that plugin's folder", async () => {
    plugin("node_modules/a", "a", 'requires: ["b"]');
    plugin("node_modules/a/node_modules/b", "b", "");
    expect(Object.keys((await load({ a: "*" })).plugins)).toEqual(["a", "b"]);
  });

  it("says how to install one that is missing, and where the document names it", async () => {
    const error = await failure(load({ "@x/absent": "^1.0.0" }));
    expect(error).toMatchObject({
      code: "PLUGIN_NOT_FOUND",
      place: { line: 3 },
      next: expect.stringContaining("npm install @x/absent"),
    });
  });

  it.each([
    ["throw new Error('no luck')", "PLUGIN_LOAD_FAILED", "no luck"],
    ["export default 3", "PLUGIN_INVALID", "is not a plugin"],
    ["export default { $eosin: 'plugin', name: 'other', apiVersion: '0.1.0' }", "PLUGIN_INVALID", "otherwise"],
  ])("refuses %s", async (source, code, words) => {
    plugin("a", "a", "");
    file("a/index.js", source);
    expect(await failure(load({ "./a": "*" }))).toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it("says that a plugin is not built", async () => {
    plugin("a", "a", "", { exports: "./dist/index.js" });
    expect(await failure(load({ "./a": "*" }))).toMatchObject({
      code: "PLUGIN_INVALID",
      next: expect.stringContaining("Build"),
    });
  });
});

describe("versions", () => {
  it("refuses a version outside the range, naming both", async () => {
    plugin("a", "a", "");
    const error = await failure(load({ "./a": "^2.0.0" }));
    expect(error).toMatchObject({ code: "PLUGIN_VERSION", expected: "a ^2.0.0", found: "a 1.2.3" });
    expect(error.next).toContain('npm install "a@^2.0.0"');
  });

  it("refuses a range that is none", async () => {
    plugin("a", "a", "");
    expect(await failure(load({ "./a": "latest-ish" }))).toMatchObject({ code: "PLUGIN_VERSION", found: "latest-ish" });
  });
});

describe("duplicates are refused, naming both packages", () => {
  it.each([
    ["component", `components: [${component("m/dice", "() => 1")}]`, "DUPLICATE_COMPONENT"],
    ["kind", 'kinds: [{ $eosin: "kind", name: "stainer", role: "part" }]', "DUPLICATE_KIND"],
    ["service", `services: [${service("s/one", "() => 1")}]`, "DUPLICATE_SERVICE"],
  ])("%s", async (_, body, code) => {
    plugin("a", "a", body);
    plugin("b", "b", body);
    expect(await failure(load({ "./a": "*", "./b": "*" }))).toMatchObject({ code, found: "one in a and one in b" });
  });

  it("a built-in kind", async () => {
    plugin("a", "a", 'kinds: [{ $eosin: "kind", name: "metric", role: "part" }]');
    expect(await failure(load({ "./a": "*" }))).toMatchObject({ found: "one in @eosin/plugin-api and one in a" });
  });

  it("two different copies of one plugin", async () => {
    for (const each of ["a", "b"]) {
      plugin(each, each, 'requires: ["shared"]');
      plugin(`${each}/node_modules/shared`, "shared", "", { version: each === "a" ? "1.0.0" : "2.0.0" });
    }
    const error = await failure(load({ "./a": "*", "./b": "*" }));
    expect(error).toMatchObject({ code: "DUPLICATE_PLUGIN", found: expect.stringMatching(/1\.0\.0.*2\.0\.0/) });
  });

  it("but not two equal copies", async () => {
    for (const each of ["a", "b"]) {
      plugin(each, each, 'requires: ["shared"]');
      plugin(`${each}/node_modules/shared`, "shared", "");
    }
    expect(Object.keys((await load({ "./a": "*", "./b": "*" })).plugins)).toEqual(["a", "shared", "b"]);
  });

  it("a component of a kind that nobody defines", async () => {
    plugin("a", "a", `components: [${component("x/y", "() => 1", "stainer")}]`);
    expect(await failure(load({ "./a": "*" }))).toMatchObject({ code: "UNKNOWN_KIND", found: "stainer" });
  });
});

describe("the container", () => {
  const spec = (uses: string, options = {}) => ({ uses, kind: "metric", with: options });

  it("builds components, nested ones and their state, with the services they ask for", async () => {
    plugin(
      "a",
      "a",
      `services: [${service("s/count", "() => ({ made: ++globalThis.made })")}],
       components: [
         ${component(
           "m/outer",
           `async ({ options, create, services, modules }) => ({
            inner: await create({ uses: "m/inner", kind: "metric", with: {} }, "fitted"),
            options, modules, made: [(await services.get(${token("s/count")})).made, (await services.get(${token("s/count")})).made] })`,
         )},
         ${component("m/inner", "({ state }) => state")}
       ]`,
    );
    Object.assign(globalThis, { made: 0 });
    const registry = await load({ "./a": "*" });
    const built = await registry.create(spec("m/outer", { depth: 2 }), log);
    expect(built).toEqual({ inner: "fitted", options: { depth: 2 }, modules: registry.modules, made: [1, 1] });
    expect(registry.components().map(({ definition, plugin }) => [definition.type, plugin])).toEqual([
      ["m/inner", "a"],
      ["m/outer", "a"],
    ]);
  });

  it("names a missing service and who asked for it", async () => {
    plugin("a", "a", `components: [${component("m/needy", `({ services }) => services.get(${token("s/absent")})`)}]`);
    const registry = await load({ "./a": "*" });
    const error = await failure(registry.create(spec("m/needy"), log));
    expect(error).toMatchObject({
      code: "SERVICE_MISSING",
      message: expect.stringMatching(/s\/absent.*m\/needy \(a\)/),
    });
  });

  it("refuses services that need each other in a circle", async () => {
    const needs = (own: string, other: string) => service(own, `({ services }) => services.get(${token(other)})`);
    plugin("a", "a", `services: [${needs("s/a", "s/b")}, ${needs("s/b", "s/c")}, ${needs("s/c", "s/a")}]`);
    const registry = await load({ "./a": "*" });
    const wanted = {
      $eosin: "service-token",
      name: "s/a",
      symbol: Symbol.for("eosin:service:s/a"),
    } as ServiceToken<unknown>;
    expect(await failure(registry.services.get(wanted))).toMatchObject({
      code: "SERVICE_CYCLE",
      message: expect.stringContaining("s/c → s/a → s/b → s/c"),
    });
  });

  it("refuses what no plugin defines", async () => {
    expect(await failure((await load({})).create(spec("m/none"), log))).toMatchObject({ code: "COMPONENT_MISSING" });
  });
});

describe("the hash of a plugin", () => {
  const hashOf = async () => (await (await load({ "./a": "*" })).locks()).a.hash;

  it("follows built files, not tests, sources or settings", async () => {
    plugin("a", "a", "");
    file("a/lib/table.json", "1");
    const before = await hashOf();
    file("a/src/index.ts", "changed");
    file("a/tsconfig.json", "{}");
    file("a/lib/table.test.js", "");
    file("a/test/big.json", "{}");
    expect(await hashOf()).toBe(before);
    file("a/lib/table.json", "2");
    expect(await hashOf()).not.toBe(before);
  });

  it("leaves out what the package does not publish", async () => {
    plugin("a", "a", "", { exports: "./dist/index.js", files: ["dist", "!dist/**/*.test.*"] });
    file("a/dist/index.js", 'export { default } from "../index.js"');
    const before = await hashOf();
    file("a/src/fixtures/golden.json", "{}");
    expect(await hashOf()).toBe(before);
    file("a/dist/table.json", "{}");
    expect(await hashOf()).not.toBe(before);
  });

  it("follows linked dependencies by content and installed ones by version", async () => {
    plugin("a", "a", "", { dependencies: { linked: "*", installed: "*" } });
    plugin("workspace/linked", "linked", "");
    plugin("node_modules/installed", "installed", "");
    symlinkSync(join(folder, "workspace/linked"), join(folder, "node_modules/linked"));
    const before = await hashOf();
    file("node_modules/installed/index.js", "changed");
    expect(await hashOf()).toBe(before);
    file("workspace/linked/index.js", "changed");
    const afterLinked = await hashOf();
    expect(afterLinked).not.toBe(before);
    plugin("node_modules/installed", "installed", "", { version: "1.2.4" });
    expect(await hashOf()).not.toBe(afterLinked);
  });

  it("is held against the plan's lock before anything runs", async () => {
    plugin("a", "a", "");
    const locks = await (await load({ "./a": "*" })).locks();
    expect(Object.keys((await loadLockedPlugins(locks, createFileHasher())).plugins)).toEqual(["a"]);
    plugin("b", "b", "");
    const module = locks.a.module.replace("/a/index.js", "/b/index.js");
    const passedOff = { a: { ...locks.a, module } };
    expect(await failure(loadLockedPlugins(passedOff, createFileHasher()))).toMatchObject({ code: "PLUGIN_CHANGED" });
    file("a/index.js", "export default 3");
    expect(await failure(loadLockedPlugins(locks, createFileHasher()))).toMatchObject({ code: "PLUGIN_CHANGED" });
  });
});
