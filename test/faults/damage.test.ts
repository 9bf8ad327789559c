import {
  appendFileSync,
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flipBit } from "../../packages/core/src/store/fixtures/flip-bit.js";
import { writePair, writePicture } from "../../packages/plugins-data/src/testing/picture-folder.test-support.js";
import { createWorkspace, readJson } from "../fixtures/workspace.js";

const workspace = createWorkspace();
const store = join(workspace.folder, ".eosin/store");
afterAll(() => workspace.remove());

const steps = `engine: wasm
plugins: { "@eosin/engine": "*", "@eosin/plugins-data": "*", "@eosin/plugins-model": "*", "@eosin/plugins-stain": "*", "@eosin/plugins-metrics": "*" }
steps:
  data: { uses: data/image-mask-folders, with: { root: patches } }
  fold: { uses: data/holdout, with: { dataset: "\${steps.data}", test: 0.5 } }
`;
const judged = `name: judged
${steps}  all:
    uses: model/baseline-all-foreground
    each: { fold: "\${steps.fold}" }
    with: { split: "\${each.fold}", size: 32 }
  report: { uses: metrics/segmentation-report, with: { predictions: "\${steps.all}" } }
`;
const trained = `name: trained
${steps}  train:
    uses: model/trainer
    each: { fold: "\${steps.fold}" }
    with:
      split: \${each.fold}
      size: 32
      batch: 2
      epochs: 1
      network: { uses: model/unet, with: { encoder: tiny, pretrained: none } }
      loss: { uses: model/segmentation, with: { segmentation: mcc } }
  evaluate:
    uses: model/tta-evaluator
    each: { fold: "\${steps.fold}" }
    with: { split: "\${each.fold}", part: test, model: "\${steps.train}", rotations: [0] }
  report: { uses: metrics/segmentation-report, with: { predictions: "\${steps.evaluate}" } }
`;

beforeAll(async () => {
  for (let i = 0; i < 8; i++) {
    const of = (kind: string) => join(workspace.folder, "patches", i % 2 ? "A" : "B", kind, `p${i}.png`);
    await writePair(of("image"), of("mask"), 32, 32, i);
  }
  workspace.write("judged.yaml", judged);
  workspace.write("trained.yaml", trained);
  for (const name of ["judged.yaml", "trained.yaml"]) {
    const { code, stderr } = await workspace.pipe("run", name);
    expect(code, stderr).toBe(0);
  }
}, 120_000);

interface Manifest {
  readonly instance: string;
  readonly fingerprint: string;
  readonly blobs: { readonly [name: string]: { readonly sha256: string } };
}

function manifestOf(step: string): Manifest & { readonly file: string } {
  const folder = join(store, "artifacts");
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((each) =>
    each.endsWith(".json"),
  )) {
    const manifest = JSON.parse(readFileSync(join(folder, name), "utf8").slice(65)) as Manifest;
    if (manifest.instance.startsWith(step)) return { ...manifest, file: join(folder, name) };
  }
  throw new Error(`no output of ${step}`);
}

function blobOf(step: string, name: RegExp): string {
  const { blobs } = manifestOf(step);
  const { sha256 } = blobs[Object.keys(blobs).find((each) => name.test(each))!];
  return join(store, "blobs", sha256.slice(0, 2), sha256);
}

const newestRun = (name: string) =>
  workspace
    .runs()
    .filter((each) => each.endsWith(name))
    .at(-1)!;

describe("bits of trained weights, flipped without a trace", () => {
  const predict = () =>
    workspace.pipe("predict", newestRun("trained"), "patches/A/image/p1.png", "-o", "masks", "--rotations", "0");

  it("are found by predict, which names the blob and what to do; the next run computes the weights again", async () => {
    const file = blobOf("train", /weights/);
    const before = readFileSync(file);
    flipBit(store, file, 5000);
    const { code, stderr } = await predict();
    expect(code).toBe(1);
    expect(stderr).toMatch(/The blob weights\.safetensors of train\[.*\] is damaged/);
    expect(stderr).toContain("[STORE_DAMAGED]");
    expect(stderr).toContain("pipe run FILE");
    expect(await predict()).toMatchObject({ code: 2, stderr: expect.stringContaining("[ARTIFACT_MISSING]") });
    const again = await workspace.pipe("run", "trained.yaml");
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("1 run, 4 reused") });
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(await predict()).toMatchObject({ code: 0 });
  }, 120_000);

  it("are found by the step that reads them: it waits for them within the same run", async () => {
    flipBit(store, blobOf("train", /weights/), 5000);
    rmSync(manifestOf("evaluate").file);
    const { code, stdout, stderr } = await workspace.pipe("run", "trained.yaml");
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/stored output is damaged and is computed again/);
    expect(stdout).toContain("2 run, 3 reused");
  }, 120_000);
});

describe("bits of predictions", () => {
  it("are found by compare", async () => {
    flipBit(store, blobOf("evaluate", /./), 100);
    const { code, stderr } = await workspace.pipe("compare", newestRun("judged"), newestRun("trained"), "--baselines");
    expect(code).toBe(1);
    expect(stderr).toContain("[STORE_DAMAGED]");
    expect((await workspace.pipe("run", "trained.yaml")).code).toBe(0);
  }, 120_000);
});

describe("pipe verify", () => {
  it("says that a whole store is whole", async () => {
    const { code, stdout } = await workspace.pipe("verify");
    expect(stdout).toMatch(/^\d+ outputs, \d+ blobs, .*: all as they were written\n$/);
    expect(code).toBe(0);
  });

  it("lists what is damaged with the command that repairs it, which does", async () => {
    const weights = blobOf("train", /weights/);
    flipBit(store, weights);
    const { file } = manifestOf("all");
    chmodSync(file, 0o644);
    writeFileSync(file, readFileSync(file, "utf8").replace('"seed"', '"sEed"'));
    const { code, stdout } = await workspace.pipe("verify", "--json");
    expect(code).toBe(1);
    const { damaged } = JSON.parse(stdout);
    expect(damaged).toHaveLength(2);
    expect(damaged).toContainEqual(
      expect.objectContaining({
        file: weights,
        outputs: [expect.objectContaining({ instance: expect.stringMatching(/^train/), blob: "weights.safetensors" })],
        repair: [`pipe rerun ${newestRun("trained").slice(workspace.folder.length + 1)}`],
      }),
    );
    const text = await workspace.pipe("verify");
    expect(text.code).toBe(1);
    expect(text.stdout).toMatch(/^damaged {2}weights\.safetensors of train\[.*\]: it is missing\n/);
    for (const { repair } of damaged) {
      const { code: repaired, stderr } = await workspace.pipe(...repair[0].split(" ").slice(1));
      expect(repaired, stderr).toBe(0);
    }
    expect(await workspace.pipe("verify")).toMatchObject({ code: 0 });
  }, 120_000);

  it("does not take a folder without a store for a whole one", async () => {
    const { code, stderr } = await workspace.pipe("verify", "--store", "nowhere");
    expect(code).toBe(2);
    expect(stderr).toContain("[NO_STORE]");
    expect(existsSync(join(workspace.folder, "nowhere"))).toBe(false);
  });
});

describe("masks that were swapped by renaming", () => {
  const masks = [1, 3, 5, 7].map((index) => join(workspace.folder, "patches/A/mask", `p${index}.png`));

  /** Each of another tumour; one size and one time, as uncompressed pictures from an archive have. */
  async function drawAlike(): Promise<void> {
    for (const [index, mask] of masks.entries()) {
      const labels = Uint8Array.from({ length: 32 * 32 }, (_, pixel) => (pixel % 32 < 4 + 8 * index ? 255 : 0));
      await writePicture(mask, labels, 32, 32, 1);
    }
    const size = Math.max(...masks.map((mask) => statSync(mask).size));
    for (const mask of masks) {
      appendFileSync(mask, Buffer.alloc(size - statSync(mask).size));
      utimesSync(mask, 1_767_323_045, 1_767_323_045);
    }
  }

  it("are noticed: the run gives what a fresh store gives", async () => {
    await drawAlike();
    expect((await workspace.pipe("run", "judged.yaml")).code).toBe(0);
    const before = readJson(newestRun("judged"), "report/results.json");
    const aside = join(workspace.folder, "aside");
    renameSync(masks[0], aside);
    for (const index of [1, 2, 3]) renameSync(masks[index], masks[index - 1]);
    renameSync(aside, masks[3]);
    const { stdout } = await workspace.pipe("run", "judged.yaml");
    expect(stdout).toContain("4 run, 0 reused");
    const { predictors } = readJson<{ predictors: object }>(newestRun("judged"), "report/results.json");
    expect(predictors).not.toEqual((before as { predictors: object }).predictors);
    const fresh = await workspace.pipe("run", "judged.yaml", "--store", "fresh");
    expect(fresh.code, fresh.stderr).toBe(0);
    const [run] = readdirSync(join(workspace.folder, "fresh/runs"));
    expect(readJson(workspace.folder, "fresh/runs", run, "report/results.json")).toMatchObject({ predictors });
  }, 120_000);
});

describe("a memory of hashes that is wrong", () => {
  it("is not taken by --fresh, which writes it again", async () => {
    const memory = join(store, "hashes.jsonl");
    // What was changed a moment ago would be hashed again anyway.
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect((await workspace.pipe("run", "judged.yaml")).code).toBe(0);
    const planned = async (...more: readonly string[]) => {
      const { stdout } = await workspace.pipe("run", "judged.yaml", "--dry-run", "--json", ...more);
      const plan = JSON.parse(stdout) as { instances: { id: string; fingerprint: string }[] };
      return plan.instances.find(({ id }) => id === "data")!.fingerprint;
    };
    const right = await planned();
    const mask = join(workspace.folder, "patches/A/mask/p1.png");
    const lines = readFileSync(memory, "utf8").split("\n");
    writeFileSync(
      memory,
      lines
        .map((line) =>
          line.startsWith(JSON.stringify([mask]).slice(0, -1))
            ? line.replace(/"[0-9a-f]{64}"/, `"${"0".repeat(64)}"`)
            : line,
        )
        .join("\n"),
    );
    expect(await planned()).not.toBe(right);
    expect(await planned("--fresh")).toBe(right);
    expect(await planned()).toBe(right);
  });
});
