import { copyFile, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type ComponentSpec, createRng, type JsonObject, type PlanContext } from "@eosin/plugin-api";
import {
  type DatasetComponent,
  type DatasetIndex,
  imageOpener,
  type Sample,
  sampleLoader,
} from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { beforeAll, expect, test } from "vitest";
import { installedPlugins } from "../../packages/cli/src/installed-plugins.js";
import { readHeader } from "../../packages/pictures/src/read-header.js";
import {
  cases,
  casesAreHere,
  temporaryFolder,
  writePng,
  writeTurnedJpeg,
} from "../../packages/pictures/src/testing/draw-files.test-support.js";
import { writeTiff } from "../../packages/pictures/src/testing/write-tiff.test-support.js";
import { gatherImages } from "../../packages/plugins-model/src/predict/gather-images.js";
import { givenTarget } from "../../packages/plugins-stain/src/normalizers/target/given-target.js";

const registry = await installedPlugins();
const log = { info: () => {}, warn: () => {} };
const [width, height] = [24, 16];
let folder: string;

const value = (i: number) => (i * 37 + 11) % 256;
const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => value(i));

/** File → writes it at a path. */
const files: { readonly [name: string]: (path: string) => Promise<unknown> } = {
  "deep.tif": (path) =>
    writeTiff(path, [{ width, height, samples: 3, data: Uint16Array.from(rgb, (each) => each * 16) }]),
  "turned.jpg": (path) => writeTurnedJpeg(path, rgb, width, 6),
  "transparent.png": (path) =>
    writePng(
      path,
      Uint8Array.from({ length: width * height * 4 }, (_, i) => value(i)),
      width,
      4,
    ),
  ...(casesAreHere && { "k1-icc-p3.png": (path) => copyFile(join(cases, "k1-icc-p3.png"), path) }),
};

beforeAll(async () => {
  folder = await temporaryFolder();
  for (const [name, write] of Object.entries(files)) {
    const root = join(folder, name, "domain");
    await mkdir(join(root, "image"), { recursive: true });
    await mkdir(join(root, "mask"));
    const image = join(root, "image", name);
    await write(image);
    const upright = await readHeader(image);
    const mask = join(root, "mask", `${name.split(".")[0]}.png`);
    await writePng(mask, new Uint8Array(upright.width * upright.height).fill(255), upright.width, 1);
  }
});

async function allOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function unexpected(id: string, error: Error): never {
  throw new Error(id, { cause: error });
}

async function samplesOf(dataset: DatasetIndex, once: boolean): Promise<Sample[]> {
  const loader = await registry.services.get(sampleLoader);
  const ids = dataset.samples.map(({ id }) => id);
  const asked = { dataset, ids, seed: 0, workers: 1, modules: registry.modules, log };
  return allOf(once ? loader.samplesOnce(asked, unexpected) : loader.samples(asked));
}

async function trainingPixels(name: string): Promise<Sample> {
  const uses = "data/image-mask-folders";
  const options = registry.find(uses)?.definition.options.parse({ root: join(folder, name) });
  const spec: ComponentSpec<DatasetComponent> = {
    kind: "dataset",
    uses,
    plugin: "@eosin/plugins-data",
    with: options as JsonObject,
  };
  const component = await registry.create(spec, log);
  const context = {
    ...{ seed: 0, baseFolder: folder, services: registry.services, log, rng: () => createRng(0) },
    files: { hashAll: async (paths: readonly string[]) => [...paths] },
  };
  const planned = await component.plan(context as unknown as PlanContext);
  const [sample] = await samplesOf(planned.value, false);
  return sample;
}

async function targetPixels(path: string): Promise<Uint8Array> {
  let seen: Uint8Array | undefined;
  await givenTarget(
    {
      type: "stain/test",
      target: z.object({}),
      measure: ({ data }) => {
        seen = data;
        return {};
      },
      normalize: (image) => image,
    },
    { target: path },
  );
  return seen as Uint8Array;
}

test.each(Object.keys(files))(
  "%s is read to the same pixels in training and prediction, as target and on sheets",
  async (name) => {
    const path = resolve(folder, name, "domain", "image", name);
    const training = await trainingPixels(name);
    const { dataset } = await gatherImages([path], {});
    const [predicted] = await samplesOf(dataset, true);
    const opener = await registry.services.get(imageOpener);
    const opened = await opener.open({ paths: [path], longestSide: 4096, modules: registry.modules, log });
    const [shown] = await allOf(opened.samples());
    const target = await targetPixels(path);
    const pixels = Buffer.from(training.image.data);
    expect(new Set(pixels).size).toBeGreaterThan(1);
    for (const data of [predicted.image.data, shown.image.data, target]) expect(pixels.equals(data)).toBe(true);
    expect(predicted.remarks?.length).toBeGreaterThan(0);
    expect(shown.remarks).toEqual(predicted.remarks);
  },
);

test.skipIf(!casesAreHere)("a profile is converted, and changes what is seen", async () => {
  const [plain, wide] = await Promise.all(
    ["plain-image.png", "k1-icc-p3.png"].map((name) => targetPixels(join(cases, name))),
  );
  expect(Buffer.from(plain).equals(wide)).toBe(false);
});
