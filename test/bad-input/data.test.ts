import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from "vitest";
import { writePair } from "../../packages/plugins-data/src/testing/picture-folder.test-support.js";
import { type ExpectedError, expectOneError } from "../fixtures/expect-one-error.js";
import { doSomeWork, type KeptWork } from "../fixtures/kept-work.js";
import { createWorkspace } from "../fixtures/workspace.js";

const workspace = createWorkspace();
const patches = join(workspace.folder, "patches");
const sound = join(workspace.folder, "sound");
const imageZero = join(patches, "scanner-b/image/0.png");
const maskZero = join(patches, "scanner-b/mask/0.png");
let kept: KeptWork;

beforeAll(async () => {
  kept = await doSomeWork(workspace);
  await cp(patches, sound, { recursive: true });
});
beforeEach(async () => {
  rmSync(patches, { recursive: true });
  await cp(sound, patches, { recursive: true, preserveTimestamps: true });
});
afterEach(() => kept.expectUntouched());
afterAll(async () => {
  rmSync(patches, { recursive: true });
  await cp(sound, patches, { recursive: true });
  await kept.expectReused();
  workspace.remove();
});

async function expectRunToFail(expected: ExpectedError, ...args: readonly string[]): Promise<void> {
  expectOneError(await workspace.pipe("run", "judge.yaml", ...args), expected);
}

describe("patches with", () => {
  it("a mask that has no image", async () => {
    rmSync(imageZero);
    await expectRunToFail({
      exit: 2,
      code: "IMAGE_MISSING",
      at: "patches/scanner-b/mask/0.png",
      says: ["expected      an image of the same name in", "next          Add the image"],
    });
  });

  it("an image that has no mask", async () => {
    rmSync(maskZero);
    await expectRunToFail({
      exit: 2,
      code: "MASK_MISSING",
      at: "patches/scanner-b/image/0.png",
      says: ["expected      0 (with any picture's ending) in", "next          Add the mask"],
    });
  });

  it("a file that is not an image", async () => {
    writeFileSync(imageZero, "no image at all");
    await expectRunToFail({ exit: 2, code: "NO_PICTURE", at: "patches/scanner-b/image/0.png", says: ["next  "] });
  });

  it("an image that was cut short: it is found before anything reads it", async () => {
    const bytes = readFileSync(imageZero);
    writeFileSync(imageZero, bytes.subarray(0, bytes.length >> 1));
    await expectRunToFail({
      exit: 1,
      code: "IMAGE_CORRUPT",
      at: "patches/scanner-b/image/0.png",
      says: ["next  "],
    });
  });

  it("a mask of another size", async () => {
    await writePair(join(workspace.folder, "other.png"), maskZero, 24, 40, 0);
    await expectRunToFail({
      exit: 2,
      code: "SIZE_MISMATCH",
      at: "patches/scanner-b/mask/0.png",
      says: ["expected      48×40", "found         24×40", "next  "],
    });
  });

  it("a mask of more than two values", async () => {
    rmSync(maskZero);
    writeFileSync(maskZero, readFileSync(imageZero));
    await expectRunToFail({
      exit: 1,
      code: "MASK_NOT_BINARY",
      at: "patches/scanner-b/mask/0.png",
      says: ["expected  ", "found  ", "next  "],
    });
  });

  it("no image in any folder", async () => {
    for (const part of ["scanner-a/image", "scanner-a/mask", "scanner-b/image", "scanner-b/mask"]) {
      for (const number of [0, 1, 2, 3]) rmSync(join(patches, part, `${number}.png`));
    }
    await expectRunToFail({ exit: 2, code: "DATASET_EMPTY", at: /\S/, says: ["next  "] });
  });

  it("a folder that is missing", async () => {
    renameSync(join(patches, "scanner-b/mask"), join(patches, "scanner-b/masks"));
    await expectRunToFail({
      exit: 2,
      code: "FOLDER_MISSING",
      at: "patches/scanner-b/mask",
      says: ["expected  ", "did you mean  masks", "next          Set `maskFolder: masks`."],
    });
  });

  it("fewer images of a scanner than there are folds", async () => {
    rmSync(join(patches, "scanner-b/image/0.png"));
    rmSync(join(patches, "scanner-b/mask/0.png"));
    workspace.write(
      "folds.yaml",
      'extends: ./judge.yaml\nsteps: { folds: { uses: data/stratified-kfold, with: { dataset: "${steps.data}", k: 4 } } }\n',
    );
    expectOneError(await workspace.pipe("run", "folds.yaml"), {
      exit: 2,
      code: "FOLDS_TOO_MANY",
      at: /^folds\.yaml:2:10$/,
      says: [
        "expected      at least 4 samples",
        "found         3",
        "next          Add samples of scanner-b, or leave it out of the dataset, or set `k` to 3 or less.",
      ],
    });
  });
});
