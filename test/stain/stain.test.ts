import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePicture } from "../../packages/plugins-data/src/testing/picture-folder.test-support.js";
import { degenerate, drawPatch, STAINS } from "../../packages/plugins-stain/src/testing/patches.test-support.js";
import { expectOneError } from "../fixtures/expect-one-error.js";
import { writeFolderPlugin } from "../fixtures/folder-plugin.js";
import { createWorkspace } from "../fixtures/workspace.js";

const workspace = createWorkspace();
const at = (name: string) => join(workspace.folder, name);
const quick = ["--draws", "1", "--augmenter", "stain/grey"];

beforeAll(async () => {
  for (const [name, seed] of Object.entries({ "scans/one.png": 1, "scans/two.jpg": 2, "other/one.png": 3 })) {
    const { data, width, height } = drawPatch(96, 64, STAINS, seed);
    await writePicture(at(name), data, width, height, 3);
  }
  for (const [name, { data, width, height }] of Object.entries(degenerate)) {
    await writePicture(at(`odd/${name}.png`), data, width, height, 3);
  }
  const wide = drawPatch(2400, 100, STAINS, 1);
  await writePicture(at("wide.png"), wide.data, wide.width, wide.height, 3);
  workspace.write("broken.png", "no picture");
});
afterAll(() => workspace.remove());

const sheet = (name = "stain-sheet.html") => readFileSync(at(name), "utf8");

describe("pipe stain", () => {
  it("writes one page for files and folders, and a line an image", async () => {
    const { code, stdout, stderr } = await workspace.pipe("stain", "other/one.png", "scans");
    expect(code, stderr).toBe(0);
    const lines = stdout.trim().split("\n");
    expect(lines).toHaveLength(5);
    expect(lines.slice(0, 3).map((line) => line.split(" ")[0])).toEqual(["other/one.png", "scans/one", "scans/two"]);
    for (const line of lines.slice(0, 3)) {
      expect(line).toMatch(
        / [\d.]+° between the stains, haematoxylin [\d.]+° from the reference, eosin .* normalised$/,
      );
    }
    expect(lines[4]).toBe("sheet  stain-sheet.html");
    // Where lines stay, those in between are left out.
    const told = stderr.trim().split("\n");
    expect([told[0], told.at(-1)]).toEqual(["image 1/3", "image 3/3"]);
    const html = sheet();
    expect(html.match(/ src="(?!data:image\/png;base64,)/g)).toBeNull();
    // Input, two stains, one normalised picture and two rows of four draws each; one of the three is the target.
    expect(html.match(/<img /g)).toHaveLength(3 * (4 + 8));
    expect(html.match(/sheet-target small/g)).toHaveLength(1);
    for (const type of ["stain/spcn", "stain/randstainna", "stain/separation-augment"]) expect(html).toContain(type);
  });

  it("takes a target, other components with their options, and another place", async () => {
    const { code, stdout, stderr } = await workspace.pipe(
      ...["stain", "scans/two.jpg", "--target", "other/one.png", "--out", "out/deep/sheet.html"],
      ...["--normalizer", "{ uses: stain/macenko, with: { form: torchstain } }", "--normalizer", "stain/macenko"],
      ...["--normalizer", "stain/reinhard", "--augmenter", "stain/hed-jitter", "--draws", "3"],
    );
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("sheet  out/deep/sheet.html");
    const html = sheet("out/deep/sheet.html");
    for (const text of ["(form torchstain)", "(form staintools)", "stain/reinhard", "3 draws"]) {
      expect(html).toContain(text);
    }
    expect(html).toContain('other/one.png <span class="sheet-target small">target</span>');
    expect(html.match(/° to the target/g)).toHaveLength(2);
    expect(html).not.toContain("stain/spcn<");
  });

  it("saves a target, which does what its picture does", async () => {
    const normalize = ["--normalizer", "stain/macenko", ...quick];
    const saving = await workspace.pipe(
      ...["stain", "scans/two.jpg", "--target", "other/one.png", "--save-target", "target.json", ...normalize],
    );
    expect(saving.code, saving.stderr).toBe(0);
    expect(saving.stdout).toMatch(/target {2}target\.json$/m);
    expect(JSON.parse(readFileSync(at("target.json"), "utf8"))).toMatchObject({ normalizer: "stain/macenko" });
    const pictures = () =>
      sheet()
        .match(/(?<= src="data:)[^"]+/g)!
        .map((data) => createHash("sha256").update(data).digest("hex"));
    const byPicture = pictures();
    const bySaved = await workspace.pipe("stain", "scans/two.jpg", "--target", "target.json", ...normalize);
    expect(bySaved.code, bySaved.stderr).toBe(0);
    // Input, two stains, the normalised picture, a draw; a saved target has no picture to show.
    expect(pictures()).toHaveLength(5);
    expect(pictures().filter((picture) => !byPicture.includes(picture))).toEqual([]);
    const ofAnother = await workspace.pipe("stain", "scans/two.jpg", "--target", "target.json", ...quick);
    expectOneError(ofAnother, { exit: 2, code: "TARGET_UNREADABLE", at: "target.json", says: ["stain/macenko"] });
    const ofTwo = await workspace.pipe(
      ...["stain", "scans/two.jpg", "--save-target", "t.json", "--normalizer", "stain/spcn", ...normalize],
    );
    expectOneError(ofTwo, { exit: 2, code: "BAD_FLAG", at: "--save-target", says: ["one --normalizer"] });
  });

  it("shows why nothing can be made of an odd image, and the others all the same", async () => {
    const { code, stdout, stderr } = await workspace.pipe("stain", "odd", "scans/one.png", ...quick);
    expect(code, stderr).toBe(0);
    for (const name of Object.keys(degenerate)) {
      expect(stdout).toMatch(new RegExp(`^odd/${name} +no stains: .+left as it is`, "m"));
    }
    expect(stdout).toMatch(/^scans\/one.png +[\d.]+° between the stains.* normalised$/m);
    expect(sheet().match(/No stains to show: /g)).toHaveLength(Object.keys(degenerate).length);
    const alone = await workspace.pipe("stain", "odd/white.png", "--draws", "0");
    expect(alone.code, alone.stderr).toBe(0);
    expect(alone.stdout).toContain("left as it is: no patch can be its target");
  });

  it("gives the same bytes for the same seed, and others for another", async () => {
    const hash = async (seed: string) => {
      const { code } = await workspace.pipe("stain", "scans/one.png", "--seed", seed, "--out", "seeded.html");
      expect(code).toBe(0);
      return createHash("sha256").update(sheet("seeded.html")).digest("hex");
    };
    expect(await hash("7")).toBe(await hash("7"));
    expect(await hash("8")).not.toBe(await hash("7"));
  });

  it("separates images whole up to a limit", async () => {
    const { code } = await workspace.pipe("stain", "wide.png", ...quick);
    expect(code).toBe(0);
    expect(sheet()).toContain("2048 × 85");
    await workspace.pipe("stain", "wide.png", ...quick, "--size", "600");
    expect(sheet()).toContain("600 × 25");
  });

  it("shows the separator of a folder plugin", async () => {
    writeFolderPlugin(
      workspace,
      "my-plugin",
      `import { defineSeparator } from "@eosin/plugin-api/imaging";
      const density = (image) => Float32Array.from({ length: image.width * image.height }, (_, i) => image.data[3 * i] / 255);
      const mine = defineSeparator({
        type: "mine/red",
        summary: "Takes red for a stain.",
        options: z.strictObject({}),
        create: () => ({
          separate: (image) => ({
            stains: ["red <ink>"], matrix: [[0, 1, 0]], white: 255,
            densities: { width: image.width, height: image.height, stains: 1, data: density(image) },
          }),
        }),
      });
      export default definePlugin({ name: "my-plugin", components: [mine] });`,
    );
    const args = ["--plugin", "./my-plugin", "--separator", "mine/red"];
    const { code, stdout, stderr } = await workspace.pipe("stain", "scans/one.png", ...args, ...quick);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^scans\/one.png +normalised$/m);
    expect(sheet()).toContain("<b>red &lt;ink&gt;</b> (0.00, 1.00, 0.00)");
  });
});

describe("one clear error for", () => {
  it.each([
    ["a file that is not there", ["nowhere.png"], { code: "FILE_MISSING", at: "nowhere.png", says: [] }],
    ["a file that is not an image", ["broken.png"], { code: "NO_PICTURE", at: "broken.png", says: ["PNG"] }],
    ["a folder without images", ["cache-less"], { code: "NO_IMAGES", at: "cache-less", says: [".png"] }],
    [
      "a component that does not exist",
      ["scans", "--normalizer", "stain/spcm"],
      { code: "UNKNOWN_COMPONENT", at: "--normalizer", says: ["did you mean  stain/spcn", "pipe list normalizer"] },
    ],
    [
      "a component of another kind",
      ["scans", "--augmenter", "stain/spcn"],
      { code: "WRONG_KIND", at: "--augmenter", says: ["stain/spcn (normalizer)"] },
    ],
    [
      "an option that a component does not have",
      ["scans", "--normalizer", "{ uses: stain/macenko, with: { from: torchstain } }"],
      { code: "UNKNOWN_KEY", at: "--normalizer", says: ["form"] },
    ],
    [
      "more pictures than a page can hold",
      ["scans", "--draws", "2000"],
      { code: "SHEET_TOO_LARGE", at: "images", says: ["4000", "8008", "--draws"] },
    ],
    [
      "a target that is of no use",
      ["scans", "--target", "odd/white.png"],
      { code: "TARGET_UNSUITABLE", at: "odd/white.png", says: ["tissue"] },
    ],
    [
      "a target that is not an image",
      ["scans", "--target", "broken.png"],
      { code: "NO_PICTURE", at: "broken", says: [] },
    ],
    [
      "a place that cannot be written",
      ["scans", "--out", "broken.png/x.html"],
      { code: "OUTPUT_UNWRITABLE", at: "broken.png/x.html", says: ["--out"] },
    ],
  ])("%s", async (_, args, expected) => {
    workspace.write("cache-less/notes.txt", "no image");
    const outcome = await workspace.pipe("stain", ...args);
    expectOneError({ ...outcome, stderr: outcome.stderr.replace(/^image .*\n/gm, "") }, { exit: 2, ...expected });
  });

  it("a flag that is not a number, and no images at all", async () => {
    const seed = await workspace.pipe("stain", "scans", "--seed", "1.5");
    expect(seed).toMatchObject({ code: 2, stderr: expect.stringContaining("whole number from 0") });
    expect(await workspace.pipe("stain")).toMatchObject({ code: 2, stderr: expect.stringContaining("images") });
    expect(existsSync(at("broken.png"))).toBe(true);
  });
});
