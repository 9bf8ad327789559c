import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePng } from "../../packages/pictures/src/testing/draw-files.test-support.js";
import { writePicture } from "../../packages/plugins-data/src/testing/picture-folder.test-support.js";
import { drawPatch, STAINS } from "../../packages/plugins-stain/src/testing/patches.test-support.js";
import { expectOneError } from "../fixtures/expect-one-error.js";
import { createWorkspace } from "../fixtures/workspace.js";
import { runPipe } from "../run-pipe.js";

const workspace = createWorkspace();
const at = (...names: readonly string[]) => join(workspace.folder, ...names);
const quick = ["--rotations", "0"];

const plugins = ["engine", "plugins-data", "plugins-model"].map((each) => `"@eosin/${each}": "*"`).join(", ");
const tiny = `
name: tiny
plugins: { ${plugins} }
engine: wasm
steps:
  data: { uses: data/synthetic, with: { scanners: 2, perScanner: 4, size: 32 } }
  fold: { uses: data/holdout, with: { dataset: "\${steps.data}", test: 0.25 } }
  train:
    uses: model/trainer
    each: { fold: "\${steps.fold}" }
    with:
      split: "\${each.fold}"
      size: 32
      batch: 2
      epochs: 1
      network: { uses: model/unet, with: { encoder: tiny, pretrained: none } }
      loss: { uses: model/segmentation, with: { segmentation: bce } }
`;

/** Pictures of their own colours, in a folder of the workspace. */
async function pictures(folder: string, ...names: readonly string[]): Promise<void> {
  for (const [i, name] of names.entries()) {
    const { data, width, height } = drawPatch(40, 32, STAINS, i);
    await writePicture(at(folder, name), data, width, height, 3);
  }
}

beforeAll(async () => {
  workspace.write("tiny.yaml", tiny);
  const { code, stdout, stderr } = await workspace.pipe("run", "tiny.yaml");
  expect(code, stdout + stderr).toBe(0);
});
afterAll(() => workspace.remove());

const predict = (...args: readonly string[]) => workspace.pipe("predict", "tiny", ...args, ...quick);

describe("pipe predict finds", () => {
  it("a run by folder, name or document, with its store, from wherever it is called, and leaves nothing there", async () => {
    const elsewhere = at("elsewhere");
    mkdirSync(elsewhere);
    await pictures("elsewhere/images", "a.png");
    const [run] = workspace.runs();
    const away = await runPipe(["predict", `../.eosin/runs/${basename(run)}`, "images", "-o", "out", ...quick], {
      cwd: elsewhere,
    });
    expect(away.code, away.stderr).toBe(0);
    expect(readdirSync(elsewhere).sort()).toEqual(["images", "out"]);
    for (const name of ["tiny", basename(run)]) {
      const { code, stderr } = await workspace.pipe("predict", name, "elsewhere/images", "-o", "by-name", ...quick);
      expect(code, stderr).toBe(0);
    }
    const stored = await runPipe(["predict", "tiny", "images", "-o", "out", "--store", "../.eosin", ...quick], {
      cwd: elsewhere,
    });
    expect(stored.code, stored.stderr).toBe(0);
    const nameless = await runPipe(["predict", "tiny", "images", "-o", "out"], { cwd: elsewhere });
    expectOneError(nameless, { exit: 2, code: "NO_RUN", at: undefined, says: ["no runs in"] });
    // A run whose folder alone was sent has no store: none is made.
    const sent = at("sent");
    mkdirSync(sent);
    renameSync(run, join(sent, "run"));
    const storeless = await runPipe(["predict", "run", "../elsewhere/images", "-o", "out"], { cwd: sent });
    renameSync(join(sent, "run"), run);
    expectOneError(storeless, { exit: 2, code: "NO_STORE", at: /run$/, says: ["--store"] });
    expect(readdirSync(sent)).toEqual([]);
    expect(readdirSync(elsewhere).sort()).toEqual(["images", "out"]);
    const compared = await runPipe(["compare", "run"], { cwd: sent });
    expect(compared.code).toBe(2);
    expect(readdirSync(sent)).toEqual([]);
  });
});

describe("pipe predict with pictures that cannot be read", () => {
  beforeAll(async () => {
    await pictures("mixed", "a.png", "b.jpg", "z.tif");
    const whole = readFileSync(at("mixed", "a.png"));
    writeFileSync(at("mixed", "cut1.png"), whole.subarray(0, 300));
    writeFileSync(at("mixed", "cut2.png"), whole.subarray(0, 400));
    writeFileSync(at("mixed", "not.png"), "no picture");
    symlinkSync("nowhere.png", at("mixed", "gone.png"));
    for (const junk of ["._a.png", "Thumbs.db", ".DS_Store", "notes.txt", "more.txt"]) {
      writeFileSync(at("mixed", junk), "x");
    }
  });

  it("writes the others, and lists those of one kind together", async () => {
    const { code, stdout, stderr } = await predict("mixed", "--out", "mixed-out");
    expect(code, stderr).toBe(1);
    expect(readdirSync(at("mixed-out/masks")), stderr).toEqual(["a.png", "b.png", "z.png"]);
    expect(stdout.trim().split("\n")).toHaveLength(3);
    expect(stderr).toContain("2 files passed over in mixed: .txt is not a picture's ending (more.txt, notes.txt)\n");
    const list = stderr.slice(stderr.indexOf("4 of 7 images failed"));
    expect(list.match(/^ {2}\S.*\[[A-Z_]+\]$/gm)).toEqual([
      "  The picture is gone. [FILE_MISSING]",
      "  The file is not a picture of a format that is read. [NO_PICTURE]",
      "  The picture cannot be decoded. [IMAGE_CORRUPT]",
    ]);
    expect(list).toMatch(/decoded[\s\S]*cut1\.png {2}found .+\n.*cut2\.png {2}found .+\n {4}expected .+\n {4}next .+/);
    expect(stderr).toMatch(/^image [34]\/5 {2}[\d.]+ images\/s {2}about [\d.]+ s left$/m);
    expect(stderr).toMatch(/^image 5\/5 {2}[\d.]+ images\/s$/m);
  });

  it("says the same as JSON", async () => {
    const { code, stdout } = await predict("mixed", "--out", "mixed-json", "--json");
    expect(code).toBe(1);
    const { written, failed, passedOver, remarks, left } = JSON.parse(stdout);
    expect(written.map(({ id }: { id: string }) => id)).toEqual(["a", "b", "z"]);
    expect(failed).toHaveLength(4);
    for (const each of failed) {
      expect(each).toMatchObject({ image: expect.any(String), code: expect.any(String), next: expect.any(String) });
      expect(existsSync(each.image) || each.code === "FILE_MISSING").toBe(true);
    }
    expect(passedOver).toMatchObject([{ folder: "mixed", count: 2 }]);
    expect([remarks, left]).toEqual([[], 0]);
  });

  it("refuses a path that is not there before anything runs", async () => {
    const outcome = await predict("mixed", "absent", "--out", "refused");
    expectOneError(outcome, { exit: 2, code: "FILE_MISSING", at: "absent", says: [] });
    expect(existsSync(at("refused"))).toBe(false);
  });
});

describe("pipe predict and what is in its --out", () => {
  it("takes its own outputs for no inputs, three times over, and overwrites them", async () => {
    await pictures("own", "a.png", "b.png");
    for (let call = 0; call < 3; call++) {
      const { code, stdout, stderr } = await predict("own", "--out", "own/pred");
      expect(code, stderr).toBe(0);
      expect(stdout.trim().split("\n")).toHaveLength(2);
      const told =
        "2 files passed over in own/pred/masks: written by an earlier prediction (own/pred/predictions.json)";
      expect(stderr.includes(told)).toBe(call > 0);
    }
    const { calls } = JSON.parse(readFileSync(at("own/pred/predictions.json"), "utf8"));
    expect(calls).toMatchObject([{ run: workspace.runs()[0], instance: "train[fold-0]", threshold: 0.5, failed: [] }]);
  });

  it("refuses to overwrite what it did not write", async () => {
    await pictures("mine", "a.png");
    workspace.write("theirs/masks/a.png", "drawn by hand");
    const outcome = await predict("mine", "--out", "theirs");
    expectOneError(outcome, { exit: 2, code: "OUTPUT_EXISTS", at: "theirs/masks/a.png", says: ["another --out"] });
    expect(readFileSync(at("theirs/masks/a.png"), "utf8")).toBe("drawn by hand");
    expect(readdirSync(at("theirs"))).toEqual(["masks"]);
  });
});

describe("pipe predict with pictures of more than 8 bits", () => {
  beforeAll(async () => {
    mkdirSync(at("deep"));
    const deep = (top: number) => Uint16Array.from({ length: 3 * 1024 }, (_, i) => Math.round((i / 3071) * top));
    await writePng(at("deep", "a.png"), deep(4000), 32, 3);
    await writePng(at("deep", "b.png"), deep(300), 32, 3);
  });

  it("says how values are read, once each", async () => {
    const { code, stderr } = await predict("deep", "--out", "deep-out");
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("2 images of more than 8 bits: values read as 0…4095, shared by all\n");
    expect(stderr).toContain("2 images: 16-bit values 0…4095 scaled to 0…255\n");
    expect(stderr).toMatch(/^warning: 1 image: values end below 1023, .* \(b\.png\)$/m);
    const given = await predict("deep", "--out", "deep-given", "--range", "16383");
    expect(given.stderr).toContain("values read as 0…16383, as --range says\n");
    const wrong = await predict("deep", "--out", "deep-wrong", "--range", "much");
    expectOneError(wrong, { exit: 2, code: "BAD_FLAG", at: "--range", says: ["4095"] });
  });

  it("names flags where options are meant", async () => {
    const { code, stderr } = await predict("deep", "--out", "deep-large", "--max-pixels", "100");
    expect(code).toBe(1);
    expect(stderr).toMatch(/next {6}.*--max-pixels 1024/);
    const sheet = await workspace.pipe("stain", "deep", "--draws", "0", "--max-pixels", "100");
    expect(sheet.code).toBe(2);
    expect(sheet.stderr).toContain("--max-pixels 1024");
    const paged = await predict("deep", "--out", "deep-paged", "--page", "3");
    expect(paged.stderr).toMatch(/found page 3[\s\S]*Correct --page\./);
  });
});

describe("pipe stain", () => {
  it("takes deep pictures, folders and leftovers by the same rules", async () => {
    await pictures("sheet", "a.png", "sub/b.png");
    const { data } = drawPatch(32, 32, STAINS, 5);
    await writePng(
      at("sheet", "deep.png"),
      Uint16Array.from(data, (value) => value * 16),
      32,
      3,
    );
    for (const junk of ["._a.png", "Thumbs.db", "notes.txt"]) writeFileSync(at("sheet", junk), "x");
    const { code, stdout, stderr } = await workspace.pipe("stain", "sheet", "--draws", "0");
    expect(code, stderr).toBe(0);
    expect(stdout.split("\n").slice(0, 3)).toEqual(
      ["a", "deep", "sub/b"].map((name) => expect.stringMatching(new RegExp(`^sheet/${name} +[\\d.]+° between`))),
    );
    expect(stderr).toContain("1 file passed over in sheet: .txt is not a picture's ending (notes.txt)\n");
    expect(stderr).toContain("1 image: 16-bit values 0…4095 scaled to 0…255\n");
    const dark = await workspace.pipe("stain", "sheet/deep.png", "--draws", "0", "--range", "65535");
    expect(dark.stderr).toMatch(/^warning: 1 image: values end below 4095, .* \(deep\.png\)$/m);
  });
});

describe("pipe exec", () => {
  it("finds the store of a plan beside it", async () => {
    const elsewhere = at("scheduler");
    mkdirSync(elsewhere);
    const plan = join(workspace.runs()[0], "plan.json");
    const { code, stderr } = await runPipe(["exec", plan, "train[fold-0]"], { cwd: elsewhere });
    expect(code, stderr).toBe(0);
    expect(readdirSync(elsewhere)).toEqual([]);
  });
});
