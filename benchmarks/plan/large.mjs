import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPipeline } from "../../packages/cli/dist/load-pipeline.js";
import { writePlanFile } from "../../packages/core/dist/plan/plan-file.js";
import { sharp } from "../stain/pictures.mjs";

const folds = 5;

/**
 * Draws many small patches and writes a document that puts them into five folds.
 * @param kept Where they are to stay, or are from another time; without it they are drawn for this one.
 * @returns Where they are; `remove` deletes what was drawn for this time, and the store.
 */
export async function largePlan(count, kept) {
  const folder = kept ?? mkdtempSync(join(tmpdir(), "eosin-large-"));
  const document = join(folder, "large.yaml");
  const remove = () => rmSync(kept ? join(folder, "store") : folder, { recursive: true });
  if (existsSync(document)) return { folder, document, remove };
  for (const kind of ["image", "mask"]) mkdirSync(join(folder, "data/scanner", kind), { recursive: true });
  const lanes = Array.from({ length: 8 }, (_, lane) => lane);
  await Promise.all(
    lanes.map(async (lane) => {
      for (let i = lane; i < count; i += lanes.length) await writePair(join(folder, "data/scanner"), i);
    }),
  );
  writeFileSync(document, text(join(folder, "data")));
  return { folder, document, remove };
}

async function writePair(folder, number) {
  const name = `${String(number).padStart(6, "0")}.png`;
  // No two alike: the number is among the pixels.
  const image = Buffer.from(Uint8Array.from({ length: 192 }, (_, i) => (number >> (8 * (i % 3))) + i));
  const mask = Buffer.from(Uint8Array.from({ length: 64 }, (_, i) => (i < 1 + (number % 60) ? 255 : 0)));
  const raw = (channels) => ({ raw: { width: 8, height: 8, channels } });
  await Promise.all([
    sharp(image, raw(3))
      .png()
      .toFile(join(folder, "image", name)),
    sharp(mask, raw(1))
      .png()
      .toFile(join(folder, "mask", name)),
  ]);
}

function text(root) {
  return `name: large
plugins: { "@eosin/plugins-data": "*", "@eosin/plugins-model": "*", "@eosin/engine": "*" }
steps:
  data: { uses: data/image-mask-folders, with: { root: ${root} } }
  folds: { uses: data/stratified-kfold, with: { dataset: "\${steps.data}", k: ${folds}, validation: 0.2 } }
  train:
    uses: model/trainer
    each: { fold: "\${steps.folds}" }
    with:
      { split: "\${each.fold}", size: 64, network: { uses: model/unet, with: { encoder: tiny } }, loss: { uses: model/segmentation } }
`;
}

/** Bytes of `plan.json`, and of the files beside it, as a run writes them. */
export async function planSizes(document, store) {
  const { plan } = await loadPipeline(document, { store, limit: ["samples=1000000"], set: [] });
  const folder = mkdtempSync(join(tmpdir(), "eosin-plan-file-"));
  writePlanFile(join(folder, "plan.json"), plan);
  const planned = readdirSync(join(folder, "planned")).map((name) => statSync(join(folder, "planned", name)).size);
  const sizes = {
    plan: statSync(join(folder, "plan.json")).size,
    beside: planned.reduce((sum, size) => sum + size, 0),
  };
  rmSync(folder, { recursive: true });
  return sizes;
}
