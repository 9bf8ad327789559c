import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { API_VERSION, type EosinError } from "@eosin/plugin-api";
import semver from "semver";
import { describe, expect, it } from "vitest";
import { emptyFolder } from "../store/fixtures/empty-folder.js";
import { loadPlugins } from "./load-plugins.js";

const contract = "@eosin/plugin-api";
const older = `${semver.major(API_VERSION) - 1}.9.0`;
const newerMinor = semver.inc(API_VERSION, "minor")!;
const newerMajor = semver.inc(API_VERSION, "major")!;

interface Built {
  /** What its definition says. */
  readonly apiVersion?: string;
  readonly manifest?: object;
  /** First line of its code. */
  readonly code?: string;
}

/** Writes a plugin `a` into a folder of its own, as a package or as a folder, and asks for it. */
function load(as: "package" | "folder", { apiVersion = API_VERSION, manifest = {}, code = "" }: Built) {
  const baseFolder = emptyFolder();
  const folder = join(baseFolder, as === "package" ? "node_modules/a" : "a");
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  write("package.json", JSON.stringify({ name: "a", version: "1.2.3", type: "module", ...manifest }));
  write(
    "index.js",
    `${code}\nexport default { $eosin: "plugin", name: "a", apiVersion: "${apiVersion}", components: [], kinds: [],
      services: [], requires: [] };`,
  );
  const plugins = { [as === "package" ? "a" : "./a"]: "*" };
  return loadPlugins({ plugins, baseFolder, placeOf: () => ({ file: "a.yaml", line: 3, column: 3 }) }, { from: [] });
}

const refusal = (work: Promise<unknown>): Promise<EosinError> =>
  work.then(
    () => expect.unreachable("it was loaded"),
    (error) => error,
  );

const fix = {
  "older package": "npm install a@latest",
  "older folder": `npm install "${contract}@^${API_VERSION}" in `,
  "newer package": "npm install @eosin/cli@latest",
  "newer folder": "npm install @eosin/cli@latest",
};

describe.each(["package", "folder"] as const)("a plugin in a %s", (as) => {
  describe.each([
    ["older", older],
    ["newer", newerMinor],
    ["newer", newerMajor],
  ] as const)("built for an %s contract, %s", (direction, version) => {
    it.each([
      ["its definition", { apiVersion: version }, `apiVersion ${version}`],
      ["its peer range", { manifest: { peerDependencies: { [contract]: `^${version}` } } }, `${contract} ^${version}`],
      ["its dependency", { manifest: { dependencies: { [contract]: `~${version}` } } }, `${contract} ~${version}`],
    ])("is refused by %s, with both versions and the command that fixes it", async (_, built, found) => {
      const error = await refusal(load(as, built));
      expect(error.code).toBe("PLUGIN_API_VERSION");
      expect(error.message).toContain(
        `The plugin a 1.2.3 was built for a${direction === "older" ? "n" : ""} ${direction}`,
      );
      expect(error.expected).toContain(API_VERSION);
      expect(error.found).toContain(found);
      expect(error.next).toContain(fix[`${direction} ${as}`]);
      expect(error.place).toMatchObject({ file: "a.yaml", line: 3 });
    });
  });

  it("is refused before its code runs, which may import what is not there", async () => {
    const built = { manifest: { peerDependencies: { [contract]: `^${newerMajor}` } }, code: "throw new Error('ran');" };
    expect(await refusal(load(as, built))).toMatchObject({ code: "PLUGIN_API_VERSION" });
  });

  it.each([
    ["the same version", { apiVersion: API_VERSION }],
    ["a range that holds this contract", { manifest: { peerDependencies: { [contract]: ">=0.5 <9" } } }],
    [
      "a patch of this contract",
      { manifest: { dependencies: { [contract]: `^${semver.inc(API_VERSION, "patch")}` } } },
    ],
    ["a link of a workspace", { manifest: { dependencies: { [contract]: "workspace:^" } } }],
  ])("built for %s is loaded", async (_, built) => {
    expect(Object.keys((await load(as, built)).plugins)).toEqual(["a"]);
  });

  it("built for nothing that can be read is refused", async () => {
    expect(await refusal(load(as, { apiVersion: "soon" }))).toMatchObject({ code: "PLUGIN_API_VERSION" });
  });
});
