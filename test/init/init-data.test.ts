import { existsSync, readFileSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePicture } from "../../packages/plugins-data/src/testing/picture-folder.test-support.js";
import { expectOneError } from "../fixtures/expect-one-error.js";
import { createWorkspace, readJson } from "../fixtures/workspace.js";
import type { PipeOutcome } from "../run-pipe.js";

const workspace = createWorkspace();
const at = (name: string) => join(workspace.folder, name);
afterAll(() => workspace.remove());

const side = 64;

/** A picture with a dark disc where its mask has tumour; without one where `radius` is 0. */
async function drawPair(folder: string, name: string, index: number, radius: number, labels = [0, 255]): Promise<void> {
  const inside = Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [(i % side) - 20 - (index % 24), Math.floor(i / side) - 32];
    return x * x + y * y < radius * radius;
  });
  const rgb = Uint8Array.from(
    inside.flatMap((each, i) => (each ? [90, 40, 120] : [230, 170 + ((i * 7 + index) % 20), 210])),
  );
  const mask = Uint8Array.from(inside.map((each, i) => (each ? labels[1 + (i % (labels.length - 1))] : labels[0])));
  await writePicture(at(join(folder, "image", `${name}.png`)), rgb, side, side, 3);
  await writePicture(at(join(folder, "mask", `${name}.png`)), mask, side, side, 1);
}

let written: PipeOutcome;
beforeAll(async () => {
  for (let i = 0; i < 18; i++) await drawPair(`patches/scanner-${"abc"[i % 3]}`, `p${i}`, i, i % 4 === 0 ? 0 : 14);
  written = await workspace.pipe("init", "--data", "patches");
});

describe("the pipeline of a folder", () => {
  it("is written beside it, and what was seen and chosen is said", () => {
    expect(written.code, written.stderr).toBe(0);
    expect(written.stdout).toContain("18 patches of 3 domains, sides 64…64 px");
    expect(written.stdout).toContain("5 patches without any");
    expect(written.stdout).toContain("pipe run patches.yaml");
  });

  it("says of every value why it is this one", () => {
    const text = readFileSync(at("patches.yaml"), "utf8");
    const params = text.slice(text.indexOf("params:"), text.indexOf("steps:")).split("\n");
    const values = params.filter((line) => /^ {2}\w+:/.test(line));
    expect(values.length).toBeGreaterThan(10);
    for (const value of values.filter((line) => !line.includes("decoderChannels"))) {
      expect(params[params.indexOf(value) - 1], value).toMatch(/^ {2}# \S/);
    }
    expect(text).toContain("uses: data/leave-one-domain-out");
    expect(text).toContain('root: "./patches"');
    expect(text).toMatch(/# .*5 of 18 patches are free of tumour/);
    expect(text).not.toMatch(/undefined|\[object/);
  });

  it("can be validated, planned and run at once, and predicts", async () => {
    for (const command of ["validate", "plan"]) {
      const { code, stderr } = await workspace.pipe(command, "patches.yaml");
      expect(code, stderr).toBe(0);
    }
    const short = [
      "params.batches=2",
      "params.epochs=1",
      "params.batch=2",
      "params.window=32",
      "steps.folds.with.domains=[scanner-a]",
    ];
    const run = await workspace.pipe("run", "patches.yaml", ...short.flatMap((each) => ["--set", each]));
    expect(run.code, run.stdout + run.stderr).toBe(0);
    const predicted = await workspace.pipe("predict", "patches", "patches/scanner-a/image", "--out", "predicted");
    expect(predicted.code, predicted.stderr).toBe(0);
    expect(existsSync(at("predicted/masks/p0.png"))).toBe(true);
    expect(readJson<{ calls: { images: unknown[] }[] }>(at("predicted/predictions.json")).calls[0].images).toHaveLength(
      6,
    );
  });

  it("is not overwritten once it was changed, without being told", async () => {
    const text = readFileSync(at("patches.yaml"), "utf8");
    workspace.write("patches.yaml", "mine\n");
    expectOneError(await workspace.pipe("init", "--data", "patches"), {
      exit: 2,
      code: "FILES_DIFFER",
      at: workspace.folder,
      says: ["patches.yaml", "--output", "--force"],
    });
    expect(readFileSync(at("patches.yaml"), "utf8")).toBe("mine\n");
    expect((await workspace.pipe("init", "--data", "patches", "--force")).code).toBe(0);
    expect(readFileSync(at("patches.yaml"), "utf8")).toBe(text);
  });
});

describe("data that nothing can be learned from gets one error", () => {
  const refused = async (data: string, code: string, says: readonly string[], place: string | RegExp = data) => {
    expectOneError(await workspace.pipe("init", "--data", data), { exit: 2, code, at: place, says });
    expect(existsSync(at(`${data}.yaml`))).toBe(false);
  };

  it("missing, empty, or without a folder of masks", async () => {
    await refused("gone", "FOLDER_MISSING", ["Name a folder"]);
    await mkdir(at("empty"));
    await refused("empty", "LAYOUT_UNKNOWN", ["no folders in it"]);
    await drawPair("bare", "p0", 0, 10);
    rmSync(at("bare/mask"), { recursive: true });
    await refused("bare", "LAYOUT_UNKNOWN", ["folders image"]);
  });

  it("unpaired", async () => {
    for (const i of [0, 1]) await drawPair("unpaired", `p${i}`, i, 10);
    rmSync(at("unpaired/mask/p1.png"));
    await refused("unpaired", "MASK_MISSING", ["unpaired: leave-out", "--with"], /p1\.png/);
  });

  it("unreadable", async () => {
    for (const i of [0, 1]) await drawPair("broken", `p${i}`, i, 10);
    const picture = readFileSync(at("broken/image/p1.png"));
    workspace.write("broken/image/p1.png", picture.subarray(0, picture.length / 2));
    const { code, stderr } = await workspace.pipe("init", "--data", "broken");
    expect(code).toBe(2);
    expect(stderr.match(/^error /gm)).toHaveLength(1);
    expect(stderr).toContain("p1.png");
  });

  it("without tumour in any mask", async () => {
    for (const i of [0, 1, 2]) await drawPair("healthy", `p${i}`, i, 0);
    await refused("healthy", "NOTHING_TO_LEARN", ["no tumour in any mask"]);
  });

  it("with masks of several labels, until it is said which of them are tumour", async () => {
    for (let i = 0; i < 12; i++) await drawPair("labels", `p${i}`, i, 14, [0, 1, 2]);
    const outcome = await workspace.pipe("init", "--data", "labels");
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(/classes: \{ tumour: .*--with/s);
    const said = await workspace.pipe("init", "--data", "labels", "--with", "classes: { tumour: 2 }");
    expect(said.code, said.stderr).toBe(0);
    expect(readFileSync(at("labels.yaml"), "utf8")).toContain("      classes: { tumour: 2 }");
  });
});
