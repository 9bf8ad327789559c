import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PackedPackage, packPackages } from "./packed-packages.js";
import { root } from "./pinned-pnpm.js";

/** What a package may hold beside `dist`, its manifest, README and LICENSE. A new kind of file is a person's decision. */
const besideDist: { readonly [folder: string]: RegExp } = {
  cli: /^(bin\/pipe\.js$|templates\/|pipelines\/.*\.(yaml|md)$)/,
  core: /^THIRD-PARTY\.md$/, // of what the build packs into one file each
  "plugin-api": /^THIRD-PARTY\.md$/, // likewise
  "engine-torch": /^addon\/[\w-]+\.(cc|h)$/, // built on the user's machine
};
const inDist = /^dist\/.*\.(js|js\.map|d\.ts|wasm)$/;
const neverShipped = /\.test\.|\.test-support\.|(^|\/)fixtures\/|\.tsbuildinfo$|\.stamp$|(^|\/)node_modules\//;

let folder: string;
let packages: readonly PackedPackage[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eosin-packed-"));
  packages = await packPackages(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const names = [
  "cli",
  "core",
  "engine",
  "engine-kit",
  "engine-torch",
  "pictures",
  "plugin-api",
  "plugins-data",
  "plugins-metrics",
].concat(["plugins-model", "plugins-stain", "support"]);

it("are all known here", () => {
  expect(packages.map((each) => basename(each.folder))).toEqual(names);
});

describe.each(names)("the package %s, as it would be published", (name) => {
  const packed = () => packages.find((each) => basename(each.folder) === name)!;

  it("says what npm needs to know", () => {
    const { manifest } = packed();
    expect(manifest).toMatchObject({
      name: `@eosin/${name}`,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      description: expect.stringMatching(/^.{20,120}\.$/),
      keywords: expect.arrayContaining(["eosin"]),
      license: "MIT",
      type: "module",
      engines: { node: ">=20.12" },
      publishConfig: { access: "public", provenance: true },
    });
    expect(manifest.private).toBeUndefined();
    for (const lifecycle of ["preinstall", "install", "postinstall"]) {
      expect(manifest.scripts ?? {}, "nothing runs while it is installed").not.toHaveProperty(lifecycle);
    }
  });

  it("asks for its sisters by caret ranges that hold their present versions", () => {
    const { dependencies = {} } = packed().manifest as { dependencies?: Record<string, string> };
    for (const [dependency, range] of Object.entries(dependencies)) {
      expect(range, dependency).not.toMatch(/workspace|catalog|file:|link:/);
      const sister = packages.find((each) => each.name === dependency);
      if (sister) expect(range, dependency).toBe(`^${sister.manifest.version}`);
    }
  });

  it("holds what it needs and nothing else", () => {
    const others = [...packed().files.keys()].filter((file) => !inDist.test(file));
    const expected = (file: string) => besideDist[name]?.test(file) ?? false;
    expect(others.filter((file) => !expected(file)).sort()).toEqual(["LICENSE", "README.md", "package.json"]);
    const built = [...packed().files.keys()].filter((file) => file.startsWith("dist/"));
    expect(built.filter((file) => neverShipped.test(file))).toEqual([]);
  });

  it("was built from the sources that are there, and from no others", () => {
    const modules = [...packed().files.keys()].filter((file) => /^dist\/.*\.js$/.test(file));
    expect(modules.length).toBeGreaterThan(10);
    const source = (file: string) => join(packed().folder, file.replace(/^dist/, "src").replace(/\.js$/, ".ts"));
    expect(modules.filter((file) => !existsSync(source(file)))).toEqual([]);
  });

  it("carries source maps that need no other file", () => {
    const maps = [...packed().files].filter(([file]) => file.endsWith(".map"));
    expect(maps.length).toBeGreaterThan(10);
    for (const [file, content] of maps) {
      const { sources, sourcesContent } = JSON.parse(`${content}`) as { sources: string[]; sourcesContent?: string[] };
      expect(sources, file).toEqual([expect.stringMatching(/^(\.\.\/)+src\//)]);
      expect(sourcesContent, file).toEqual([expect.any(String)]);
    }
  });

  it("brings the licence and a README of its own", () => {
    const { files } = packed();
    expect(`${files.get("LICENSE")}`).toBe(readFileSync(join(root, "LICENSE"), "utf8"));
    expect(`${files.get("README.md")}`).toMatch(new RegExp(`^# @eosin/${name}\n\n.{40,}`));
  });

  it("pleases publint", async () => {
    const { tarball } = packed();
    const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(tarball).buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it("has types that are right for whoever imports it", async () => {
    const { name: full, tarball, manifest } = packed();
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
    if (full === "@eosin/cli") return expect(Object.keys(manifest.exports as object)).toEqual(["./package.json"]);
    if (!result.types) return expect.unreachable("no types");
    // ESM alone: `require` and the resolution of Node 10 are not offered.
    const offered = result.problems.filter(
      (problem) => !("resolutionKind" in problem && /^node10$|^node16-cjs$/.test(problem.resolutionKind)),
    );
    expect(offered).toEqual([]);
    expect(Object.keys(result.entrypoints)).toEqual(Object.keys(manifest.exports as object));
  });
});

describe("the pipelines in the package cli", () => {
  const pipelinesOf = ({ files }: PackedPackage) =>
    new Map([...files].flatMap(([name, text]) => (name.startsWith("pipelines/") ? [[name, `${text}`] as const] : [])));
  const cli = () => packages.find((each) => basename(each.folder) === "cli")!;

  it("are the repository's, and packing leaves no copy of them behind", () => {
    const names = readdirSync(join(root, "pipelines"), { recursive: true }).map((name) => `pipelines/${name}`);
    const expected = names.filter((name) => /\.(yaml|md)$/.test(name)).sort();
    expect([...pipelinesOf(cli()).keys()].sort()).toEqual(expected);
    for (const [name, text] of pipelinesOf(cli())) expect(text, name).toBe(readFileSync(join(root, name), "utf8"));
    expect(existsSync(join(cli().folder, "pipelines"))).toBe(false);
  });

  it("ask for the plugins by the ranges by which the package itself depends on them", () => {
    const { dependencies } = cli().manifest as unknown as { dependencies: Record<string, string> };
    const ranges = [...pipelinesOf(cli()).values()].flatMap((text) => [
      ...text.matchAll(/^ +"(@eosin\/[\w-]+)": (.+)$/gm),
    ]);
    expect(ranges.length).toBeGreaterThan(4);
    for (const [, name, range] of ranges) expect(range, name).toBe(dependencies[name]);
  });
});

it.each([
  ["core", "inversify", /inversify[\s\S]*The MIT License/],
  ["core", "yaml", /yaml[\s\S]*ISC License[\s\S]*Eemeli Aro/],
  ["core", "semver", /semver[\s\S]*The ISC License[\s\S]*Isaac Z\. Schlueter/],
  ["plugin-api", "zod", /zod[\s\S]*MIT License[\s\S]*Colin McDonnell/],
])("%s brings the licence of %s, which its build packs into one file", (name, _, licence) => {
  const { files } = packages.find((each) => basename(each.folder) === name)!;
  expect(`${files.get("THIRD-PARTY.md")}`).toMatch(licence);
});

it("engine-torch brings every source of the addon that users build", () => {
  const { folder, files } = packages.find((each) => basename(each.folder) === "engine-torch")!;
  const sources = readdirSync(join(folder, "addon")).map((file) => `addon/${file}`);
  expect(sources.length).toBeGreaterThan(10);
  expect([...files.keys()].filter((file) => file.startsWith("addon/")).sort()).toEqual(sources.sort());
});
