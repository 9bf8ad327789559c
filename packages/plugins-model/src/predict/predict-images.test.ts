import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sampleLoader } from "@eosin/plugin-api/imaging";
import type { TrainedModel } from "@eosin/plugin-api/learning";
import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import {
  contextFor,
  diskSplit,
  engineIdentity,
  handle,
  runStep,
  services,
  spec,
  temporaryFolder,
} from "../../test/step-harness.js";
import { predictImages } from "./index.js";

const engine = await engineIdentity("wasm");
let model: { value: TrainedModel; weights: string };
let folder: string;
let truth: Uint8Array;

beforeAll(async () => {
  const training = {
    split: handle("split", "folds"),
    size: 64,
    batch: 2,
    epochs: 9,
    network: spec("network", "model/unet", { encoder: "tiny", decoderChannels: [16, 16, 16, 16, 16] }),
    loss: spec("loss", "model/segmentation", { segmentation: "bce" }),
    optimizer: spec("optimizer", "model/adam", { lr: 0.005 }),
    schedule: spec("schedule", "model/constant"),
    workers: 0,
  };
  const artifacts = { folds: { value: diskSplit({ train: 8, validation: 0, test: 0 }) } };
  const { value, blobs } = await runStep("model/trainer", training, { artifacts, engine });
  model = { value: value as unknown as TrainedModel, weights: join(blobs, "weights.safetensors") };

  folder = await temporaryFolder();
  await mkdir(join(folder, "scanner"));
  const { dataset, train } = diskSplit({ train: 1, validation: 0, test: 0 }, 150, 100);
  const loader = await services.get(sampleLoader);
  const { modules, log } = contextFor({});
  for await (const { image, mask } of loader.samples({ dataset, ids: train, seed: 0, workers: 0, modules, log })) {
    truth = mask!.data;
    const disk = sharp(image.data, { raw: { width: 150, height: 100, channels: 3 } });
    await disk
      .clone()
      .png()
      .toFile(join(folder, "scanner", "disk.png"));
    await disk.clone().greyscale().jpeg().toFile(join(folder, "grey.jpg"));
  }
  await writeFile(join(folder, "notes.txt"), "no image");
});

test("writes masks and probability maps of the images' size", async () => {
  const out = await temporaryFolder();
  const written = await predictImages(contextFor({}), { model, images: [folder], out, engine, workers: 0, batch: 1 });
  expect(written.map(({ id }) => id)).toEqual(["grey", "scanner/disk"]);
  expect(await readdir(join(out, "masks", "scanner"))).toEqual(["disk.png"]);
  const { mask, probability, coverage } = written[1];
  const read = async (path: string) => sharp(path).toColourspace("b-w").raw().toBuffer({ resolveWithObject: true });
  const [masked, graded] = [await read(mask), await read(probability)];
  expect(masked.info).toMatchObject({ width: 150, height: 100, channels: 1 });
  expect(graded.info).toMatchObject({ width: 150, height: 100, channels: 1 });
  expect((await sharp(mask).metadata()).channels).toBe(1);
  const wrong = truth.reduce((count, value, i) => count + (255 * value === masked.data[i] ? 0 : 1), 0);
  expect(wrong / truth.length).toBeLessThan(0.1);
  masked.data.forEach((value, i) => {
    if (Math.abs(graded.data[i] - 127.5) > 1) expect(value).toBe(graded.data[i] > 127.5 ? 255 : 0);
  });
  expect(coverage).toBeCloseTo(masked.data.filter((value) => value === 255).length / 15_000, 9);
});

test("names files that cannot be predicted", async () => {
  const out = await temporaryFolder();
  const predict = (...images: string[]) => predictImages(contextFor({}), { model, images, out, engine, workers: 0 });
  await expect(predict(join(folder, "absent.png"))).rejects.toMatchObject({ code: "FILE_MISSING" });
  await expect(predict(await temporaryFolder())).rejects.toMatchObject({ code: "NO_IMAGES" });
  await expect(predict(folder, join(folder, "grey.jpg"))).rejects.toMatchObject({ code: "DUPLICATE_ID" });
  const broken = join(out, "broken.png");
  await writeFile(broken, "not a PNG");
  await expect(predict(broken)).rejects.toMatchObject({ code: "NO_PICTURE", place: broken });
});
