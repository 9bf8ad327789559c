import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ProgressUpdate } from "@eosin/plugin-api";
import { lossKind, networkKind, optimizerKind, scheduleKind } from "@eosin/plugin-api";
import { sampleLoader } from "@eosin/plugin-api/imaging";
import type { TrainedModel } from "@eosin/plugin-api/learning";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import {
  contextFor,
  diskSplit,
  engineIdentity,
  handle,
  runStep,
  services,
  spec,
  temporaryFolder,
} from "../testing/step-harness.test-support.js";
import { type PredictRequest, predictImages } from "./index.js";

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
    network: spec(networkKind, "model/unet", { encoder: "tiny", decoderChannels: [16, 16, 16, 16, 16] }),
    loss: spec(lossKind, "model/segmentation", { segmentation: "bce" }),
    optimizer: spec(optimizerKind, "model/adam", { lr: 0.005 }),
    schedule: spec(scheduleKind, "model/constant"),
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
  const told: ProgressUpdate[] = [];
  const asked = { models: [model], images: [folder], out, engine, workers: 0, batch: 1 };
  const predicted = await predictImages(contextFor({}), { ...asked, progress: (update) => told.push(update) });
  const { written } = predicted;
  expect(written.map(({ id }) => id)).toEqual(["grey", "scanner/disk"]);
  expect(predicted).toMatchObject({ failed: [], left: 0, notes: [] });
  expect(predicted.passedOver).toEqual([
    { reason: ".txt is not a picture's ending", folder, count: 1, examples: ["notes.txt"] },
  ]);
  expect(told).toMatchObject([1, 2].map((current) => ({ unit: "image", current, total: 2 })));
  for (const { rate } of told) expect(rate).toMatchObject({ value: expect.any(Number), unit: "images/s" });
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

const predict = (images: readonly string[], out: string, more: Partial<PredictRequest> = {}) =>
  predictImages(contextFor({}), {
    models: [model],
    images,
    out,
    engine,
    workers: 0,
    ...more,
    settings: { rotations: [0], ...more.settings },
  });

/** A folder of copies of one picture. */
async function copies(...names: readonly string[]): Promise<string> {
  const at = await temporaryFolder();
  for (const name of names) await cp(join(folder, "grey.jpg"), join(at, name));
  return at;
}

const manifestOf = async (out: string) => JSON.parse(await readFile(join(out, "predictions.json"), "utf8"));

test("refuses what cannot be meant before anything is written", async () => {
  const out = join(await temporaryFolder(), "out");
  const empty = await temporaryFolder();
  await expect(predict([folder, join(folder, "absent.png"), join(folder, "gone")], out)).rejects.toMatchObject({
    code: "FILE_MISSING",
    place: join(folder, "absent.png"),
    also: [expect.objectContaining({ code: "FILE_MISSING", place: join(folder, "gone") })],
  });
  await expect(predict([empty], out)).rejects.toMatchObject({ code: "NO_IMAGES" });
  await expect(predict([folder, join(folder, "grey.jpg")], out)).rejects.toMatchObject({ code: "DUPLICATE_ID" });
  await expect(readdir(out)).rejects.toThrow("ENOENT");
  const { written, notes } = await predict([empty, folder], out);
  expect(written).toHaveLength(2);
  expect(notes).toEqual([`no images in ${empty}`]);
});

test.each([0, 1])("images that cannot be read fail alone (%i workers)", async (workers) => {
  const at = await copies("a.jpg", "z.jpg");
  const whole = await readFile(join(folder, "scanner", "disk.png"));
  await writeFile(join(at, "b.png"), "no picture");
  await writeFile(join(at, "c.png"), whole.subarray(0, whole.length / 2));
  await writeFile(join(at, "d.png"), "");
  const out = await temporaryFolder();
  const { written, failed } = await predict([at], out, { workers });
  expect(written.map(({ id }) => id)).toEqual(["a", "z"]);
  expect(Object.fromEntries(failed.map(({ image, error }) => [image, error.code]))).toEqual({
    [join(at, "b.png")]: "NO_PICTURE",
    [join(at, "c.png")]: "IMAGE_CORRUPT",
    [join(at, "d.png")]: "IMAGE_CORRUPT",
  });
  const [call] = (await manifestOf(out)).calls;
  expect(call.images.map(({ id }: { id: string }) => id)).toEqual(["a", "z"]);
  expect(call.failed.map(({ image }: { image: string }) => image).sort()).toEqual(failed.map((f) => f.image).sort());
  expect(call.failed[0]).toMatchObject({
    code: expect.any(String),
    found: expect.any(String),
    next: expect.any(String),
  });
});

test("a call whose images all fail opens no network", async () => {
  const at = await temporaryFolder();
  await writeFile(join(at, "b.png"), "no picture");
  const absent = { models: [{ ...model, weights: join(at, "absent.safetensors") }] };
  expect(await predict([at], join(at, "out"), absent)).toMatchObject({ written: [], failed: [{}], left: 0 });
});

test.each([
  ["inside the input folder", "pred"],
  ["that is the input folder", "."],
])("outputs in a folder %s are never inputs", async (_, name) => {
  const at = await copies("a.jpg", "sub/b.jpg");
  const out = join(at, name);
  const origin = { run: "/runs/x", instance: "train[fold-0]" };
  for (let call = 0; call < 3; call++) {
    const { written, passedOver } = await predict([at], out, { origin, settings: { threshold: 0.4 } });
    expect(written.map(({ id }) => id)).toEqual(["a", "sub/b"]);
    expect(passedOver.reduce((sum, { count }) => sum + count, 0)).toBe(call === 0 ? 0 : 4);
    for (const { reason } of passedOver) expect(reason).toContain("written by an earlier prediction");
  }
  const { calls } = await manifestOf(out);
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatchObject({ ...origin, threshold: 0.4, rotations: [0], model: model.value.title, failed: [] });
  expect(calls[0].images).toMatchObject([
    { id: "a", image: join(at, "a.jpg"), mask: "masks/a.png", probability: "probabilities/a.png" },
    { id: "sub/b", mask: "masks/sub/b.png", sha256: { mask: expect.stringMatching(/^[0-9a-f]{64}$/) } },
  ]);
  // Named by itself, or by a pattern, an output is none either.
  await expect(predict([join(out, "masks")], join(at, "o2"))).rejects.toMatchObject({ code: "NO_IMAGES" });
  const named = await predict([join(out, "masks/a.png"), join(at, "a.jpg")], join(await temporaryFolder(), "o"));
  expect(named.written.map(({ image }) => image)).toEqual([join(at, "a.jpg")]);
});

test("nothing is overwritten but what earlier predictions wrote", async () => {
  const at = await copies("a.jpg", "b.jpg");
  const out = await temporaryFolder();
  await mkdir(join(out, "masks"));
  const mine = join(out, "masks", "b.png");
  await writeFile(mine, "drawn by hand");
  await expect(predict([at], out)).rejects.toMatchObject({
    code: "OUTPUT_EXISTS",
    place: mine,
    next: expect.stringContaining("--out"),
  });
  expect(await readdir(out)).toEqual(["masks"]);
  await rm(mine);
  await predict([at], out);
  await predict([at], out);
  // Corrected by hand, a mask is no longer what was written.
  await writeFile(mine, "corrected by hand");
  await expect(predict([at], out)).rejects.toMatchObject({ code: "OUTPUT_EXISTS", place: mine });
  expect(await readFile(mine, "utf8")).toBe("corrected by hand");
  const other = await temporaryFolder();
  await writeFile(join(other, "predictions.json"), "[]");
  const refused = { code: "OUTPUT_EXISTS", place: join(other, "predictions.json") };
  await expect(predict([at], other)).rejects.toMatchObject(refused);
});

test("a call of some images leaves the others to their calls", async () => {
  const at = await copies("a.jpg", "b.jpg");
  const out = await temporaryFolder();
  await predict([at], out, { settings: { threshold: 0.2 } });
  await predict([join(at, "b.jpg")], out, { settings: { threshold: 0.7 } });
  const said = (await manifestOf(out)).calls.map((call: { threshold: number; images: { id: string }[] }) => [
    call.threshold,
    call.images.map(({ id }) => id),
  ]);
  expect(said).toEqual([
    [0.2, ["a"]],
    [0.7, ["b"]],
  ]);
});

test("a call that was broken off leaves a manifest, and the next one goes on", async () => {
  const at = await copies("a.jpg", "b.jpg", "c.jpg");
  const out = await temporaryFolder();
  const stop = new AbortController();
  const { written, left } = await predict([at], out, { batch: 1, signal: stop.signal, progress: () => stop.abort() });
  expect([written.length, left]).toEqual([1, 2]);
  // As a kill leaves it: an output that is there, and named, without its digest.
  const manifest = await manifestOf(out);
  delete manifest.calls[0].images[0].sha256;
  await writeFile(join(out, "predictions.json"), JSON.stringify(manifest));
  await writeFile(join(out, "masks", "a.png"), "half a ma");
  expect((await predict([at], out)).written).toHaveLength(3);
  expect((await predict([at], out)).written).toHaveLength(3);
});

async function writePng(path: string, data: Uint8Array | Uint16Array, width: number, channels: 1 | 3): Promise<void> {
  const space = channels === 1 ? "b-w" : data instanceof Uint16Array ? "rgb16" : "srgb";
  const height = data.length / width / channels;
  await sharp(data, { raw: { width, height, channels } }).toColourspace(space).png().toFile(path);
}

describe("how files are read", () => {
  const gradient = (top: number) => Uint16Array.from({ length: 32 * 32 * 3 }, (_, i) => Math.round((i / 3071) * top));

  async function deep(tops: { readonly [name: string]: number }): Promise<string> {
    const at = await temporaryFolder();
    for (const [name, top] of Object.entries(tops)) await writePng(join(at, name), gradient(top), 32, 3);
    return at;
  }

  test.each([0, 1])("is said once of all, and in the manifest of each (%i workers)", async (workers) => {
    const at = await temporaryFolder();
    for (const name of "abcd") await writePng(join(at, `${name}.png`), new Uint8Array(32 * 32).fill(200), 32, 1);
    await cp(join(folder, "scanner", "disk.png"), join(at, "e.png"));
    const out = await temporaryFolder();
    const { remarks } = await predict([at], out, { workers });
    const grey = "grey spread over red, green and blue";
    expect(remarks).toEqual([{ message: grey, count: 4, examples: ["a", "b", "c"].map((n) => join(at, `${n}.png`)) }]);
    const { images } = (await manifestOf(out)).calls[0];
    expect(images.map((each: { remarks?: object }) => each.remarks)).toEqual([
      ...Array(4).fill([{ message: grey }]),
      undefined,
    ]);
  });

  test("images of more than 8 bits share the smallest range that holds all", async () => {
    const at = await deep({ "a.png": 900, "b.png": 4000 });
    const { notes, remarks } = await predict([at], await temporaryFolder());
    expect(notes).toEqual(["2 images of more than 8 bits: values read as 0…4095, shared by all"]);
    expect(remarks.map(({ message, count, doubtful = false }) => [message, count, doubtful])).toEqual([
      ["16-bit values 0…4095 scaled to 0…255", 2, false],
      ["values end below 1023, far from the range 0…4095: the image is dark", 1, true],
      ["16-bit values, where the model was trained on 8-bit ones as far as it says", 2, true],
    ]);
  });

  test("the model's range is taken, and what does not fit it is told; a range given is taken instead", async () => {
    const at = await deep({ "a.png": 4000, "b.png": 9000, "c.png": 255 });
    await cp(join(folder, "scanner", "disk.png"), join(at, "d.png"));
    const ranged = { models: [{ ...model, value: { ...model.value, range: 4095 } }] };
    const out = await temporaryFolder();
    const { notes, remarks } = await predict([at], out, ranged);
    expect(notes).toEqual(["3 images of more than 8 bits: values read as 0…4095, as the model was trained"]);
    const doubts = remarks.filter(({ doubtful }) => doubtful);
    expect(doubts.map(({ message, examples }) => [message, examples.map((each) => each.slice(-5))])).toEqual([
      ["values above the range 0…4095 are cut", ["b.png"]],
      ["values end below 255, far from the range 0…4095: the image is dark", ["c.png"]],
      ["8-bit values, where the model was trained on values 0…4095", ["d.png"]],
    ]);
    expect((await manifestOf(out)).calls[0].range).toBe(4095);
    const given = await predict([join(at, "b.png")], await temporaryFolder(), { ...ranged, range: 16383 });
    expect(given.notes).toEqual(["1 image of more than 8 bits: values read as 0…16383, as --range says"]);
    expect(given.remarks.filter(({ doubtful }) => doubtful)).toEqual([]);
  });
});

test("models vote, where they see images in one way", async () => {
  const at = await copies("a.jpg");
  const alone = await predict([at], await temporaryFolder());
  const twice = await predict([at], await temporaryFolder(), { models: [model, model] });
  expect(twice.written[0].coverage).toBe(alone.written[0].coverage);
  const other = { ...model, value: { ...model.value, scale: { factor: 0.5 } } };
  const out = join(await temporaryFolder(), "out");
  await expect(predict([at], out, { models: [model, other] })).rejects.toMatchObject({ code: "MODELS_DIFFER" });
  await expect(readdir(out)).rejects.toThrow("ENOENT");
});
