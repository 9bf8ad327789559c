// Draws the pictures of docs/stains.md, and its tables between the markers <!-- name --> and <!-- /name -->:
//   node docs/stains/make-pictures.mjs     (after `npm exec pnpm run build`)
// Everything is made from patches of data/synthetic. What the installed plugins do not have is left out, and said.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { loadPluginsByName, parseComponent } from "@eosin/core";
import { augmenterKind, createRng, datasetKind, normalizerKind, separatorKind } from "@eosin/plugin-api";
import { drawSheet } from "@eosin/plugins-stain/sheet";

const sharp = createRequire(import.meta.resolve("@eosin/plugins-stain/sheet"))("sharp");

/** What data/synthetic draws scanner A with. */
const drawnVectors = { haematoxylin: [0.65, 0.7, 0.29], eosin: [0.1, 0.95, 0.28] };

/** In the order of the page. A type, or YAML with options; `label` where the type alone does not tell. */
const methods = {
  separators: [
    { name: "spcn", text: "stain/spcn-separator" },
    { name: "vahadane", text: "stain/vahadane-separator" },
    { name: "macenko", text: "stain/macenko-separator" },
    { name: "ruifrok", text: "stain/ruifrok-separator" },
    {
      name: "basis",
      text: `{ uses: stain/basis-separator, with: { matrix: ${JSON.stringify(Object.values(drawnVectors))} } }`,
      label: "stain/basis-separator, the drawn vectors",
    },
  ],
  normalizers: [
    { name: "spcn", text: "stain/spcn" },
    { name: "vahadane", text: "stain/vahadane" },
    { name: "macenko", text: "stain/macenko" },
    {
      name: "macenko-torchstain",
      text: "{ uses: stain/macenko, with: { form: torchstain } }",
      label: "stain/macenko, form torchstain",
    },
    { name: "reinhard", text: "stain/reinhard" },
    {
      name: "reinhard-float",
      text: "{ uses: stain/reinhard, with: { lab: float } }",
      label: "stain/reinhard, form float",
    },
    { name: "ruifrok", text: "stain/ruifrok" },
  ],
  augmenters: [
    { name: "randstainna", text: "stain/randstainna" },
    {
      name: "randstainna-hsv",
      text: "{ uses: stain/randstainna, with: { colourSpace: hsv } }",
      label: "stain/randstainna, colourSpace hsv",
    },
    {
      name: "randstainna-hed",
      text: "{ uses: stain/randstainna, with: { colourSpace: hed } }",
      label: "stain/randstainna, colourSpace hed",
    },
    { name: "separation-augment", text: "stain/separation-augment" },
    {
      name: "separation-augment-macenko",
      text: "{ uses: stain/separation-augment, with: { separation: macenko } }",
      label: "stain/separation-augment on stain/macenko-separator",
    },
    { name: "hed-jitter", text: "stain/hed-jitter" },
    {
      name: "hed-jitter-mild",
      text: "{ uses: stain/hed-jitter, with: { shift: 0.01 } }",
      label: "stain/hed-jitter, shift 0.01",
    },
    { name: "colour-jitter", text: "stain/colour-jitter" },
    { name: "grey", text: "stain/grey" },
    {
      name: "one-of",
      text: "{ uses: stain/one-of, with: { choices: [{ p: 0.4, uses: stain/randstainna }, { p: 0.4, uses: stain/separation-augment }] } }",
      label: "stain/one-of, two choices of 0.4",
    },
    {
      name: "random-normalization",
      text: "{ uses: stain/random-normalization, with: { p: 1, normalizers: [{ uses: stain/reinhard }] } }",
      label: "stain/random-normalization, stain/reinhard",
    },
    {
      name: "fourier-mixing",
      text: "{ uses: stain/fourier-mixing, with: { p: 1 } }",
      label: "stain/fourier-mixing",
    },
  ],
};

const kinds = { separator: separatorKind, normalizer: normalizerKind, augmenter: augmenterKind };

const seed = 5;
const shown = 140; // pixels of a picture's side in the page
const gap = 5;
const draws = 4;
const folder = fileURLToPath(new URL("./", import.meta.url));
const page = fileURLToPath(new URL("../stains.md", import.meta.url));
const log = { info: () => {}, warn: console.warn };

const plugins = Object.fromEntries(["data", "stain"].map((name) => [`@eosin/plugins-${name}`, "*"]));
const registry = await loadPluginsByName(plugins, folder, { from: [import.meta.url] });
const patches = await drawPatches();
for (const [scanner, { image }] of Object.entries(patches.first)) {
  await writePicture(
    `${scanner}.webp`,
    sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } }),
    90,
  );
}
const tables = { separators: await separators(), normalizers: await normalizers(), augmenters: await augmenters() };
await writeFile(page, Object.entries(tables).reduce(fillIn, await readFile(page, "utf8")));

/** A few patches of each of three scanners. */
async function drawPatches() {
  const spec = parseComponent(
    {
      kind: datasetKind,
      text: `{ uses: data/synthetic, with: { perScanner: 6, size: 192, seed: ${seed} } }`,
      flag: "patches",
    },
    registry,
  );
  const dataset = await registry.create(spec, log);
  const { value } = await dataset.plan({ seed, rng: (...key) => createRng(seed, ...key) });
  const training = [];
  for (const entry of value.samples) training.push(await dataset.read(entry));
  const first = Object.fromEntries(
    ["scanner-a", "scanner-b", "scanner-c"].map((scanner) => [
      scanner,
      training.find(({ domain }) => domain === scanner),
    ]),
  );
  return { training, first };
}

/** The components that there are, with what the page calls them. */
function* available(kind, more = {}) {
  for (const { name, text, label } of methods[`${kind}s`]) {
    try {
      const spec = parseComponent({ kind: kinds[kind], text, flag: kind, ...more }, registry);
      yield { name, spec, label: label ?? spec.uses };
    } catch (error) {
      console.warn(`left out: ${kind} ${text} (${error.message})`);
    }
  }
}

function sheetOf(patch, parts) {
  const defaults = {
    separator: parseComponent({ kind: separatorKind, text: "stain/spcn-separator", flag: "separator" }, registry),
  };
  return drawSheet(
    { modules: registry.modules, log },
    {
      ...defaults,
      normalizers: [],
      augmenters: [],
      draws,
      seed,
      patches: stream([patch]),
      count: 1,
      training: () => stream(patches.training),
      ...parts,
    },
  );
}

async function* stream(samples) {
  yield* samples;
}

async function separators() {
  await emptyFolder("separators");
  const rows = ["| | haematoxylin, eosin | between them | from the drawn |", "|---|---|---|---|"];
  for (const { name, spec, label } of available("separator")) {
    const { sheet, pictures } = await sheetOf(patches.first["scanner-a"], { separator: spec });
    const { stains, angle } = sheet.patches[0].separation;
    const file = await writeStrip(
      `separators/${name}.webp`,
      stains.slice(0, 2).map(({ picture }) => pictures.get(picture)),
    );
    const off = ["haematoxylin", "eosin"].map((stain) => {
      const { vector } = stains.find((each) => each.name === stain);
      return `${angleBetween(vector, drawnVectors[stain]).toFixed(1)}°`;
    });
    rows.push(`| \`${label}\` | ![Densities by ${label}](${file}) | ${angle.toFixed(1)}° | ${off.join(", ")} |`);
  }
  return rows;
}

async function normalizers() {
  await emptyFolder("normalizers");
  const rows = ["| | of scanner C | of scanner A |", "|---|---|---|"];
  for (const { name, spec, label } of available("normalizer", { fallback: { target: `${folder}scanner-b.webp` } })) {
    const cells = [];
    for (const scanner of ["scanner-c", "scanner-a"]) {
      const { sheet, pictures } = await sheetOf(patches.first[scanner], { normalizers: [spec] });
      const file = `normalizers/${name}-of-${scanner}.webp`;
      cells.push(`![${label}](${await writeStrip(file, [pictures.get(sheet.patches[0].normalized[0].picture)])})`);
    }
    rows.push(`| \`${label}\` | ${cells.join(" | ")} |`);
  }
  return rows;
}

async function augmenters() {
  await emptyFolder("augmenters");
  const rows = [`| | ${draws} draws |`, "|---|---|"];
  for (const { name, spec, label } of available("augmenter")) {
    const { sheet, pictures } = await sheetOf(patches.first["scanner-a"], { augmenters: [spec] });
    const drawn = sheet.patches[0].augmented[0].draws.map(({ picture }) => pictures.get(picture));
    rows.push(`| \`${label}\` | ![Draws of ${label}](${await writeStrip(`augmenters/${name}.webp`, drawn)}) |`);
  }
  return rows;
}

async function emptyFolder(name) {
  await rm(folder + name, { recursive: true, force: true });
  await mkdir(folder + name);
}

/** PNGs side by side as one WebP. @returns Its path from the page. */
async function writeStrip(file, pngs) {
  const tiles = await Promise.all(pngs.map((png) => sharp(png).resize(shown, shown).toBuffer()));
  const strip = sharp({
    create: { width: tiles.length * (shown + gap) - gap, height: shown, channels: 3, background: "#fff" },
  }).composite(tiles.map((input, i) => ({ input, left: i * (shown + gap), top: 0 })));
  return writePicture(file, strip, 70);
}

async function writePicture(file, picture, quality) {
  await picture.webp({ quality, effort: 6 }).toFile(folder + file);
  return `stains/${file}`;
}

function angleBetween(a, b) {
  const cosine = a.reduce((sum, each, i) => sum + each * b[i], 0) / Math.hypot(...a) / Math.hypot(...b);
  return (Math.acos(Math.min(1, cosine)) * 180) / Math.PI;
}

function fillIn(text, [name, rows]) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`docs/stains.md has no ${open} … ${close}`);
  return `${text.slice(0, start + open.length)}\n\n${rows.join("\n")}\n\n${text.slice(end)}`;
}
