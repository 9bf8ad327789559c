import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import sharp from "../../packages/pictures/dist/single-threaded-sharp.js";
import { readSafetensors, type StoredTensor, toFloat32 } from "../../packages/plugin-api/dist/tensor-file/index.js";
import { writePicture } from "../../packages/plugins-data/src/testing/picture-folder.test-support.js";
import { drawPatch, STAINS } from "../../packages/plugins-stain/src/testing/patches.test-support.js";
import { expectOneError } from "../fixtures/expect-one-error.js";
import { writeFolderPlugin } from "../fixtures/folder-plugin.js";
import { storedArtifact } from "../fixtures/stored-artifact.js";
import { createWorkspace } from "../fixtures/workspace.js";

const workspace = createWorkspace();
const plugins = ["engine", "plugins-data", "plugins-stain", "plugins-model", "plugins-metrics"];

/** Patches of 48 pixels, a network of 32: densities are resized on their way to the report. */
const document = (name: string, { stains, loss, augment = "" }: { stains: number; loss: string; augment?: string }) =>
  `name: ${name}
plugins: { ${plugins.map((each) => `"@eosin/${each}": "*"`).join(", ")}, "./ink-plugin": "*" }
engine: wasm
steps:
  data: { uses: data/synthetic, with: { scanners: 2, perScanner: 6, size: 48 } }
  folds: { uses: data/holdout, with: { dataset: "\${steps.data}", validation: 0.2 } }
  train:
    uses: model/trainer
    each: { fold: "\${steps.folds}" }
    with:
      split: "\${each.fold}"
      size: 32
      batch: 4
      epochs: 1
      network: { uses: model/multitask-unet, with: { encoder: tiny, stains: ${stains}, imageLevelHead: true } }
      loss: ${loss}
      augment: [${augment}]
  evaluate:
    uses: model/tta-evaluator
    each: { fold: "\${steps.folds}" }
    with: { split: "\${each.fold}", model: "\${steps.train}", resolution: original }
  report: { uses: metrics/segmentation-report, with: { predictions: "\${steps.evaluate}", models: "\${steps.train}" } }
`;

async function run(name: string, settings: Parameters<typeof document>[1]): Promise<void> {
  workspace.write(`${name}.yaml`, document(name, settings));
  const { code, stdout, stderr } = await workspace.pipe("run", `${name}.yaml`);
  expect(code, stdout + stderr).toBe(0);
}

/** Densities as far as each patch of the newest run has them, by id. */
async function storedDensities(): Promise<ReadonlyMap<string, StoredTensor | undefined>> {
  const { value, blob } = storedArtifact<{ samples: { id: string }[] }>(workspace, "evaluate[fold-0]");
  const densities = new Map<string, StoredTensor | undefined>();
  for (const [index, { id }] of value.samples.entries()) {
    densities.set(id, (await readSafetensors(blob(`0000${index}.safetensors`))).get("density"));
  }
  return densities;
}

/** The pixels of a case's pictures in the newest report, by caption. */
async function picturesOf(id: string): Promise<ReadonlyMap<string, Buffer>> {
  const html = readFileSync(join(workspace.runs().at(-1) as string, "report/index.html"), "utf8");
  const shown = html.split('<div class="case">').find((each) => each.includes(`>${id} · `)) as string;
  const pictures = new Map<string, Buffer>();
  for (const [, base64, caption] of shown.matchAll(/<img src="data:image\/png;base64,([^"]+)" alt="([^"]+)">/g)) {
    pictures.set(caption, await sharp(Buffer.from(base64, "base64")).removeAlpha().raw().toBuffer());
  }
  return pictures;
}

/** Haematoxylin, eosin, DAB: the light that one unit of density lets through, after Ruifrok & Johnston. */
const colours = [
  [0.65, 0.7, 0.29],
  [0.07, 0.99, 0.11],
  [0.27, 0.57, 0.78],
];

function expectedPixels({ shape, ...tensor }: StoredTensor, stain: number): Buffer {
  const values = [...toFloat32({ shape, ...tensor })].filter((_, i) => i % shape[2] === stain);
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [Math.floor(0.01 * (values.length - 1)), Math.ceil(0.99 * (values.length - 1))];
  const drawn = (value: number) =>
    Math.min(1.6, Math.max(0, (1.6 * (value - sorted[low])) / (sorted[high] - sorted[low])));
  return Buffer.from(
    values.flatMap((value) => colours[stain].map((weight) => Math.round(255 * Math.exp(-drawn(value) * weight)))),
  );
}

/** The largest difference of two pictures, in grey levels. */
function difference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

const inks = (stains: number, declared = "") => `defineAugmenter({
  type: "ink/densities-${stains}${declared && "-declared"}",
  summary: "Red, green and blue as densities.",
  options: z.strictObject({}),
  create: () => ({
    givesDensity: true,
    ${declared}
    apply: (sample) => {
      const { width, height, data } = sample.image;
      const values = Float32Array.from({ length: ${stains} * width * height }, (_, i) =>
        1 - data[3 * Math.floor(i / ${stains}) + (i % ${stains})] / 255);
      return { ...sample, density: { width, height, stains: ${stains}, data: values } };
    },
  }),
})`;

beforeAll(async () => {
  writeFolderPlugin(
    workspace,
    "ink-plugin",
    `import { defineAugmenter } from "@eosin/plugin-api/imaging";
    export default definePlugin({
      name: "ink-plugin",
      components: [${inks(1)}, ${inks(3)}, ${inks(3, "densityStains: 3,")}],
    });`,
  );
  const { data, width, height } = drawPatch(40, 32, STAINS, 1);
  await writePicture(join(workspace.folder, "scans/a.png"), data, width, height, 3);
});
afterAll(() => workspace.remove());

describe.each([1, 2, 3])("a network of %i stains", (stains) => {
  const name = `stains-${stains}`;

  it("trains, evaluates and reports", async () => {
    const loss = "{ uses: model/segmentation-plus-reconstruction, with: { sparsity: 0.1 } }";
    await run(name, { stains, loss, augment: "{ uses: data/flip }" });
    const densities = await storedDensities();
    expect(densities.size).toBeGreaterThan(0);
    for (const [id, density] of densities) {
      expect(density).toMatchObject({ type: "F32", shape: [48, 48, stains] });
      const pictures = await picturesOf(id);
      const captions = Array.from({ length: stains }, (_, i) => `predicted density, stain ${i + 1}`);
      expect([...pictures.keys()]).toEqual(["input", "truth", "prediction", ...captions]);
      captions.forEach((caption, stain) => {
        const drawn = pictures.get(caption) as Buffer;
        // Single precision may round a value to its neighbour.
        expect(difference(drawn, expectedPixels(density as StoredTensor, stain)), caption).toBeLessThanOrEqual(1);
      });
    }
  });

  it("predicts images", async () => {
    const { code, stderr } = await workspace.pipe("predict", name, "scans", "--out", `${name}-masks`);
    expect(code, stderr).toBe(0);
    expect(readdirSync(join(workspace.folder, `${name}-masks/masks`))).toEqual(["a.png"]);
  });
});

describe("densities to learn from", () => {
  const loss = "{ uses: model/density-supervised }";

  it.each([1, 3])("may tell %i stains apart, beside a dataset's own two", async (stains) => {
    await run(`learned-${stains}`, { stains, loss, augment: `{ uses: ink/densities-${stains} }, { uses: data/flip }` });
    interface Model {
      readonly history: readonly { train: { density: number }; validation: { density: number } }[];
    }
    const [{ train, validation }] = storedArtifact<Model>(workspace, "train[fold-0]").value.history;
    expect(train.density).toBeGreaterThan(0);
    expect(validation.density).toBeGreaterThan(0);
    for (const density of (await storedDensities()).values()) expect(density?.shape).toEqual([48, 48, stains]);
  });

  it.each([
    ["the dataset's", 3, "", "2: as many stains as the densities of data/synthetic"],
    ["SPCN's", 1, "{ uses: stain/density-targets }", "2: as many stains as the densities of stain/density-targets"],
    ["a plugin's that says so", 2, "{ uses: ink/densities-3-declared }", "3: as many stains as the densities of ink/"],
  ])("of another number than the network's are refused while planning: %s", async (_, stains, augment, expected) => {
    workspace.write("refused.yaml", document("refused", { stains, loss, augment }));
    const outcome = await workspace.pipe("plan", "refused.yaml");
    expectOneError(outcome, { exit: 2, code: "DENSITY_MISMATCH", at: "refused.yaml:15", says: [expected] });
  });

  it("of a plugin that does not say so are refused when the training starts", async () => {
    workspace.write("late.yaml", document("late", { stains: 2, loss, augment: "{ uses: ink/densities-3 }" }));
    const outcome = await workspace.pipe("run", "late.yaml");
    const says = ["2 stains, as the network's: [4, 32, 32, 2]", "3 stains: [4, 32, 32, 3]", "`stains`"];
    expectOneError(outcome, { exit: 1, code: "DENSITY_MISMATCH", at: "options network and loss", says });
  });
});
