import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore, type Plan } from "../../packages/core/src/index.js";
import {
  cases,
  casesAreHere,
  writeBmp,
  writePng,
} from "../../packages/pictures/src/testing/draw-files.test-support.js";
import { writeTiff } from "../../packages/pictures/src/testing/write-tiff.test-support.js";
import { type Predictions, predictionBlobName } from "../../packages/plugin-api/src/imaging/predictions.js";
import { readSafetensors } from "../../packages/plugin-api/src/tensor-file/index.js";
import { createWorkspace, readJson } from "../fixtures/workspace.js";
import { diceOfAll, drawPair, side } from "./draw-pair.js";
import { readableForms } from "./mask-forms.js";

/** Everything is tumour: without a training, what masks and images were read as. */
const workspace = createWorkspace();
const pairs = [0, 1, 2].map(drawPair);
const names = Object.keys(readableForms);
const ones = names.filter((name) => /-1$|^tif|voc/.test(name));
const whites = ["grey-255", "rgba-opaque", "palette-grey", "bmp-palette"];

interface Judged {
  readonly stdout: string;
  /** By domain. */
  readonly dice: { readonly [domain: string]: number };
  /** What images were read as, by sample id. */
  readonly images: ReadonlyMap<string, Uint8Array>;
}
let judged: Judged;

/** Judges all members as one data set; only `train/p0` trains. */
async function judge(members: { readonly [step: string]: object }): Promise<Judged> {
  const steps = Object.entries(members).map(([step, data]) => `  ${step}: ${JSON.stringify(data)}`);
  const handles = JSON.stringify(Object.keys(members).map((step) => `\${steps.${step}}`));
  workspace.write(
    "judge.yaml",
    `name: judge
plugins: { "@eosin/engine": "*", "@eosin/plugins-data": "*", "@eosin/plugins-model": "*", "@eosin/plugins-metrics": "*" }
engine: wasm
steps:
${steps.join("\n")}
  all-data: { uses: data/union, with: { datasets: ${handles} } }
  fold: { uses: data/split-file, with: { dataset: "\${steps.all-data}", file: ./folds.json } }
  all: { uses: model/baseline-all-foreground, each: { fold: "\${steps.fold}" }, with: { split: "\${each.fold}", size: 64, resolution: original } }
  report: { uses: metrics/segmentation-report, with: { predictions: "\${steps.all}" } }
`,
  );
  const { code, stdout, stderr } = await workspace.pipe("run", "judge.yaml");
  expect(code, stdout + stderr).toBe(0);
  const run = workspace.runs().at(-1) as string;
  const plan = readJson<Plan>(run, "plan.json");
  const store = await openStore(join(workspace.folder, ".eosin/store"));
  const { fingerprint } = plan.instances.find(({ id }) => id === "all[fold-0]")!;
  const stored = (await store.find(fingerprint))!;
  const { samples } = stored.value as unknown as Predictions;
  const images = new Map<string, Uint8Array>();
  for (const [i, { id }] of samples.entries()) {
    const tensors = await readSafetensors(stored.blobPath(predictionBlobName(i)));
    images.set(id, tensors.get("image")?.bytes as Uint8Array);
  }
  const { predictors, baselines } = readJson<{ [role: string]: Summary[] }>(run, "report/results.json");
  const [{ strata }] = [...predictors, ...baselines];
  const dice = Object.fromEntries(Object.entries(strata).map(([domain, figures]) => [domain, figures.dice.mean]));
  return { stdout, dice, images };
}

interface Summary {
  readonly strata: { readonly [domain: string]: { readonly dice: { readonly mean: number } } };
}

/** Domains whose masks and images can be told together, as of one data set. */
function folders(domains: readonly string[]): object {
  const each = domains.map((domain) => ({ domain, image: `./${domain}/image`, mask: `./${domain}/mask` }));
  return { uses: "data/image-mask-folders", with: { folders: each, ...readableForms[domains[0]]?.options } };
}

async function writePairs(
  domain: string,
  image: { ending: string; write(path: string, pixels: Uint8Array): Promise<void> },
  mask: { ending: string; write(path: string, mask: Uint8Array): Promise<void> },
  folder = domain,
): Promise<void> {
  for (const [i, pair] of pairs.entries()) {
    for (const part of ["image", "mask"]) mkdirSync(join(workspace.folder, folder, part), { recursive: true });
    await image.write(join(workspace.folder, folder, `image/p${i}${image.ending}`), pair.image);
    await mask.write(join(workspace.folder, folder, `mask/p${i}${mask.ending}`), pair.mask);
  }
}

const plainImage = { ending: ".png", write: (path: string, image: Uint8Array) => writePng(path, image, side, 3) };
const plainMask = readableForms["grey-255"];
const tiffImage = (data: (image: Uint8Array) => Uint16Array | Float32Array) => ({
  ending: ".tif",
  write: (path: string, image: Uint8Array) =>
    writeTiff(path, [{ width: side, height: side, samples: 3, data: data(image) }]),
});
/** Ways in which people's programs write an image; read to the same bytes. */
const imageForms: { readonly [name: string]: typeof plainImage } = {
  "image-16-bit-to-255": tiffImage((image) => Uint16Array.from(image)),
  "image-float-to-255": tiffImage((image) => Float32Array.from(image)),
  "image-float-to-1": tiffImage((image) => Float32Array.from(image, (each) => each / 255)),
  "image-16-bit": tiffImage((image) => Uint16Array.from(image, (each) => each * 257)),
  "image-channel-pages": {
    ending: ".tif",
    write: (path, image) => {
      const channel = (c: number) => Uint8Array.from({ length: side * side }, (_, i) => image[3 * i + c]);
      const [red, ...rest] = [0, 1, 2].map((c) => ({ width: side, height: side, data: channel(c) }));
      const description = "ImageJ=1.53k\nimages=3\nchannels=3\nmode=composite\n";
      return writeTiff(path, [{ ...red, tags: { 270: description } }, ...rest]);
    },
  },
  "image-bmp": {
    ending: ".bmp",
    write: (path, image) => {
      const rows = Array.from({ length: side }, (_, y) =>
        Uint8Array.from({ length: side * 3 }, (_, i) => image[3 * (y * side + Math.floor(i / 3)) + 2 - (i % 3)]),
      );
      return writeBmp(path, { width: side, height: side, bits: 24 }, rows.reverse());
    },
  },
};

/** The masks and images of the cases themselves, each of which shows what the plain ones show. */
const givenMasks = ["m02-png16-01.png", "m08-palette-voc.png", "m09-alpha-black.png"];
const givenImages = ["i08b-float-0-255.tif", "i09-tif16-8bitrange.tif", "i13-imagej-CYX.tif", "k1-icc-p3.png"];
const given = casesAreHere ? [...givenMasks, ...givenImages] : [];
const [givenDeep, givenPalette, givenAlpha] = givenMasks;
const domainOf = (file: string) => `given-${file.replace(/\..*/, "")}`;

beforeAll(async () => {
  for (const name of names) await writePairs(name, plainImage, readableForms[name]);
  for (const [name, form] of Object.entries(imageForms)) await writePairs(name, form, plainMask);
  await writePairs("capitals", { ...plainImage, ending: ".PNG" }, { ...plainMask, ending: ".PNG" });
  await writePairs("cosas", plainImage, readableForms["grey-128"], "cosas/task2/cosas");
  await writePairs("train", plainImage, plainMask);
  for (const file of given) {
    const [image, mask] = givenMasks.includes(file) ? ["plain-image.png", file] : [file, "plain-mask.png"];
    const into = (part: string, name: string) => {
      mkdirSync(join(workspace.folder, domainOf(file), part), { recursive: true });
      copyFileSync(
        join(cases, name),
        join(workspace.folder, domainOf(file), part, `p0${name.slice(name.lastIndexOf("."))}`),
      );
    };
    into("image", image);
    into("mask", mask);
  }
  const domains = [...names, ...Object.keys(imageForms), "capitals", "cosas"];
  const test = [
    ...domains.flatMap((domain) => pairs.map((_, i) => `${domain}/p${i}`)),
    ...given.map((file) => `${domainOf(file)}/p0`),
  ];
  workspace.write("folds.json", JSON.stringify({ folds: [{ train: ["train/p0"], test }] }));
  const groups: { readonly [step: string]: readonly string[] } = {
    ones,
    whites: [...whites, "capitals", "image-bmp", "image-channel-pages", "image-16-bit-to-255", "image-float-to-255"],
    ...(casesAreHere && {
      givenImages: givenImages.map(domainOf),
      givenOnes: [givenDeep, givenPalette].map(domainOf),
      givenAlpha: [domainOf(givenAlpha)],
    }),
    train: ["train"],
  };
  const grouped = Object.values(groups).flat();
  const single = domains.filter((domain) => domain !== "cosas" && !grouped.includes(domain));
  judged = await judge({
    ...Object.fromEntries(Object.entries(groups).map(([step, of]) => [step, folders(of)])),
    ...Object.fromEntries(single.map((domain) => [domain, folders([domain])])),
    cosas: { uses: "data/cosas", with: { root: "./cosas" } },
  });
}, 300_000);
afterAll(() => workspace.remove());

const expected = pairs.reduce((sum, { mask }) => sum + diceOfAll(mask), 0) / pairs.length;

describe("masks (F01, F11, F14, F24, F35, F37, P01, P03, P05)", () => {
  it.each([...names, "capitals", "cosas"])("%s: read as what was drawn", (name) => {
    expect(expected).toBeGreaterThan(0.2);
    // What is lossy is right but for pixels at the border.
    expect(judged.dice[name]).toBeCloseTo(expected, name.startsWith("jpeg") ? 2 : 12);
  });

  it.runIf(casesAreHere).each(givenMasks)("%s is what plain-mask.png is", (file) => {
    const plain = judged.dice[domainOf(givenImages[0])];
    expect(plain).toBeGreaterThan(0.1);
    expect(judged.dice[domainOf(file)]).toBe(plain);
  });
});

describe("images (F03, F05, F07, F09, F24)", () => {
  it.each([...Object.keys(imageForms), "capitals"])("%s: read as what was drawn", (name) => {
    for (const [i, { image }] of pairs.entries()) {
      expect(Buffer.from(image).equals(judged.images.get(`${name}/p${i}`) as Uint8Array), `p${i}`).toBe(true);
    }
  });

  it.runIf(casesAreHere).each(givenImages)("%s shows what plain-image.png shows, as light", (file) => {
    const mean = (domain: string, c: number) => {
      const channel = judged.images.get(`${domain}/p0`)!.filter((_, i) => i % 3 === c);
      return Math.round(channel.reduce((sum, each) => sum + each, 0) / channel.length);
    };
    const means = (domain: string) => [0, 1, 2].map((c) => mean(domain, c));
    expect(means(domainOf(givenMasks[0]))).toEqual([210, 140, 224]);
    expect(means(domainOf(file))).toEqual(file === "k1-icc-p3.png" ? [221, 136, 229] : [210, 140, 224]);
  });

  it("the run says how they were read", () => {
    for (const line of [
      "whites.look: 16-bit values 0…255 kept as they are: 3 of 27 images (image-16-bit-to-255/p0, ",
      "whites.look: 3 pages read as red, green and blue: 3 of 27 images (image-channel-pages/p0, ",
      "image-float-to-1.look: floating-point values 0…1 scaled to 0…255: all 3 images.",
      "jpeg-200.look: warning: 3 masks are lossy (JPEG or such): levels above 1",
    ]) {
      expect(judged.stdout).toContain(line);
    }
    if (casesAreHere)
      expect(judged.stdout).toContain("profile sP3C converted to sRGB: 1 of 4 images (given-k1-icc-p3/p0).");
  });
});
