import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findPluginPackage } from "@eosin/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { confirm } from "../confirm.js";
import { admission } from "./admission.js";
import type { AdmissionRules } from "./admission-rules.js";
import { ownProject } from "./own-project.js";

vi.mock("../confirm.js", () => ({ confirm: vi.fn(async () => false) }));

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "eosin-trust-")));
  vi.stubEnv("EOSIN_TRUST", join(folder, "user/trusted.jsonl"));
  vi.stubEnv("HOME", join(folder, "home"));
  vi.mocked(confirm).mockReset().mockResolvedValue(false);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function write(name: string, text = ""): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function plugin(at: string, manifest: object = {}): string {
  write(`${at}/package.json`, JSON.stringify({ name: "stranger", version: "1.0.0", main: "index.js", ...manifest }));
  write(`${at}/index.js`, "export default 1;");
  return join(folder, at);
}

/** As a document in `base` names it. */
function admit(request: string, base = "project", more: Partial<AdmissionRules> = {}): Promise<void> {
  mkdirSync(join(folder, base), { recursive: true });
  const rules = { whose: "the document's own project", project: ownProject(join(folder, base)), ...more };
  return admission(rules)([findPluginPackage(request, [join(folder, base)])]);
}

describe("the own project", () => {
  it.each([
    ["the nearest folder with a package.json", "a/package.json", "a/b/c", "a"],
    ["the nearest folder with a repository", "a/b/.git/HEAD", "a/b/c", "a/b"],
    ["a work tree, whose .git is a file", "a/b/.git", "a/b/c", "a/b"],
    ["the folder itself where there is none", "other/package.json", "a/b/c", "a/b/c"],
    ["never the home folder, for what is below it", "home/package.json", "home/downloads/x", "home/downloads/x"],
  ])("is %s", (_, mark, from, expected) => {
    write(mark);
    mkdirSync(join(folder, from), { recursive: true });
    expect(ownProject(join(folder, from))).toBe(join(folder, expected));
  });

  it("is that of the real folder", () => {
    write("a/package.json");
    mkdirSync(join(folder, "a/b"), { recursive: true });
    symlinkSync(join(folder, "a/b"), join(folder, "link"), "junction");
    expect(ownProject(join(folder, "link"))).toBe(join(folder, "a"));
  });
});

describe("plugins that are imported without a question", () => {
  it.each([
    ["a folder of the project", "project/mine", "./mine", "project/deep"],
    ["a package of the project", "project/node_modules/stranger", "stranger", "project/deep"],
    ["the project itself", "project", "stranger", "project/deep"],
  ])("%s", async (_, at, request, base) => {
    write("project/package.json", "{}");
    plugin(at);
    await admit(request === "./mine" ? "../mine" : request, base);
  });

  it("what a link in the project's node_modules leads to", async () => {
    write("project/package.json", "{}");
    mkdirSync(join(folder, "project/node_modules"), { recursive: true });
    symlinkSync(plugin("elsewhere"), join(folder, "project/node_modules/stranger"), "junction");
    await admit("stranger");
  });

  it("what the user typed", async () => {
    plugin("elsewhere");
    await admit("../elsewhere", "project", { typed: ["../elsewhere"] });
  });
});

describe("plugins from elsewhere", () => {
  it.each([
    ["a folder beside the project", "elsewhere", "../elsewhere"],
    ["a folder whose name begins like the project's", "project-2", "../project-2"],
    ["a package installed above the project", "node_modules/stranger", "stranger"],
  ])("%s are refused where nobody can be asked, with name and real path", async (_, at, request) => {
    write("project/package.json", "{}");
    const place = plugin(at);
    await expect(admit(request)).rejects.toMatchObject({
      code: "PLUGIN_UNTRUSTED",
      place,
      found: expect.stringMatching(/^stranger 1\.0\.0 in .* \(files [0-9a-f]{12}\)$/),
      next: expect.stringContaining("--trust"),
    });
  });

  it("that a link in the project leads to are shown by their real path", async () => {
    const place = plugin("elsewhere");
    mkdirSync(join(folder, "project"));
    symlinkSync(place, join(folder, "project/mine"), "junction");
    await expect(admit("./mine")).rejects.toMatchObject({ place });
  });

  it("that call themselves as one beside this command does are not that one", async () => {
    plugin("elsewhere", { name: "@eosin/plugins-data" });
    await expect(admit("../elsewhere")).rejects.toMatchObject({ code: "PLUGIN_UNTRUSTED" });
  });

  it("cannot be passed off as packages by a name that climbs", async () => {
    plugin("elsewhere");
    mkdirSync(join(folder, "project/node_modules/x"), { recursive: true });
    await expect(async () => admit("x/../../../elsewhere")).rejects.toMatchObject({ code: "PLUGIN_NOT_FOUND" });
  });

  it("are asked for once on a terminal", async () => {
    plugin("elsewhere");
    vi.mocked(confirm).mockResolvedValueOnce(true);
    await admit("../elsewhere");
    await admit("../elsewhere");
    expect(confirm).toHaveBeenCalledTimes(1);
    expect(vi.mocked(confirm).mock.calls[0][0]).toContain(`stranger 1.0.0 in ${join(folder, "elsewhere")} (files `);
  });

  it("are asked for again when a file, the manifest or the place of the main module changes", async () => {
    plugin("elsewhere");
    await admit("../elsewhere", "project", { trust: true });
    await admit("../elsewhere");
    for (const change of [
      () => write("elsewhere/other.js", "1"),
      () => plugin("elsewhere", { main: "tests/index.js" }),
      () => write("elsewhere/tests/index.js", "edited"),
    ]) {
      write("elsewhere/tests/index.js", "1");
      await admit("../elsewhere", "project", { trust: true });
      change();
      await expect(admit("../elsewhere")).rejects.toMatchObject({
        found: expect.stringContaining("changed since you agreed to it"),
      });
    }
  });

  it("are remembered in the user's folder, which nobody else may read", async () => {
    plugin("elsewhere");
    await admit("../elsewhere", "project", { trust: true });
    if (process.platform !== "win32") expect(statSync(join(folder, "user/trusted.jsonl")).mode & 0o77).toBe(0);
    const [, line] = readFileSync(join(folder, "user/trusted.jsonl"), "utf8").split("\n");
    expect(JSON.parse(line)).toEqual(["plugin", join(folder, "elsewhere"), expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  it("are imported with --trust although nothing can be remembered", async () => {
    plugin("elsewhere");
    vi.stubEnv("EOSIN_TRUST", join(write("occupied"), "trusted.jsonl"));
    await admit("../elsewhere", "project", { trust: true });
    await expect(admit("../elsewhere")).rejects.toMatchObject({ code: "PLUGIN_UNTRUSTED" });
  });

  it("are shown without what would move the cursor", async () => {
    plugin("elsewhere", { name: "safe\u001b[2K\u202Estranger" });
    await expect(admit("../elsewhere")).rejects.toMatchObject({ found: expect.stringContaining("safe?[2K?stranger") });
  });
});
