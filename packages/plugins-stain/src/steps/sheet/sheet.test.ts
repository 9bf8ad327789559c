import {
  type ComponentContext,
  type ComponentSpec,
  createRng,
  type ServiceProvider,
  type StepContext,
} from "@eosin/plugin-api";
import type { DatasetIndex, RgbImage, Sample, SampleLoader, Split, StainSheet } from "@eosin/plugin-api/imaging";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { orderedStains } from "../../estimation/stain-matrix.js";
import plugin from "../../index.js";
import { degenerate, drawPatch, STAINS } from "../../testing/patches.test-support.js";
import { sheetOptions } from "./options.js";
import { createStainSheet } from "./sheet.js";
import { angleBetween } from "./stain-angles.js";

const pluginName = "@eosin/plugins-stain";
const modules = { [pluginName]: new URL("../../index.js", import.meta.url).href };
const otherStains = orderedStains([0.45, 0.82, 0.35], [0.2, 0.9, 0.4]);
const images: { readonly [id: string]: RgbImage } = {
  "a/0": drawPatch(64, 48, STAINS, 1),
  "a/1": drawPatch(64, 48, STAINS, 2),
  "b/0": drawPatch(64, 48, otherStains, 3),
  "c/0": degenerate.white,
  "d/0": drawPatch(64, 48, STAINS, 4),
};
const dataset = {
  name: "toy",
  samples: Object.entries(images).map(([id, { width, height }]) => ({ id, domain: id[0], width, height })),
} as unknown as DatasetIndex;
const folds: Split[] = [
  { key: "fold-0", dataset, train: ["a/0", "a/1", "b/0", "c/0"], validation: [], test: ["d/0"] },
  { key: "fold-1", dataset, train: ["d/0"], validation: [], test: [] },
];

/** Specs as the core completes them. */
function spec(uses: string, options: object = {}): ComponentSpec {
  const definition = plugin.components.find((each) => each.type === uses)!;
  return { uses, kind: definition.kind, plugin: pluginName, with: definition.options.parse(options) as never };
}

interface Run {
  readonly sheet: StainSheet;
  readonly blobs: ReadonlyMap<string, Uint8Array | string>;
  readonly asked: readonly (readonly string[])[];
}

async function runSheet(options: object = {}, seed = 42, split: unknown = folds): Promise<Run> {
  const asked: string[][] = [];
  const loader: Pick<SampleLoader, "samples"> = {
    async *samples({ ids }) {
      asked.push([...ids]);
      for (const id of ids) yield { id, domain: id[0], image: images[id] } satisfies Sample;
    },
  };
  const parsed = sheetOptions.parse({
    split: { $artifact: { type: "split", instance: "folds" } },
    separator: spec("stain/spcn-separator"),
    normalizers: [spec("stain/spcn"), spec("stain/reinhard")],
    augmenters: [spec("stain/randstainna"), spec("stain/separation-augment")],
    draws: 2,
    ...options,
  });
  const blobs = new Map<string, Uint8Array | string>();
  const step = createStainSheet({
    options: parsed,
    modules,
    services: { get: async () => loader } as unknown as ServiceProvider,
  } as unknown as ComponentContext<typeof parsed>);
  const context = {
    seed,
    openItems: async () => [split].flat(),
    output: { write: async (name: string, data: Uint8Array | string) => void blobs.set(name, data) },
    progress: () => {},
    log: { info: () => {}, warn: () => {} },
    rng: (...key: (string | number)[]) => createRng(seed, ...key),
  } as unknown as StepContext;
  return { sheet: (await step.run(context)) as unknown as StainSheet, blobs, asked };
}

let run: Run;
beforeAll(async () => {
  run = await runSheet();
});

describe("the sheet of training patches", () => {
  it("shows a training patch of each domain of the first split, and learns from its training part alone", () => {
    expect(run.sheet.split).toBe("fold-0");
    expect(run.sheet.patches.map(({ domain }) => domain)).toEqual(["a", "b", "c"]);
    expect(run.asked.flat()).not.toContain("d/0");
    expect(run.asked.filter((ids) => ids.length === 4).length).toBeGreaterThan(1);
  });

  it("finds the stains that the patches were drawn with, and tells their angles", () => {
    for (const [index, truth] of [STAINS, otherStains].entries()) {
      const { stains, angle } = run.sheet.patches[index].separation;
      expect(stains.map(({ name }) => name)).toEqual(["haematoxylin", "eosin"]);
      stains.forEach(({ vector }, i) => {
        expect(angleBetween(vector, truth[i])).toBeLessThan(8);
      });
      expect(angle).toBeCloseTo(angleBetween(stains[0].vector, stains[1].vector), 10);
      expect(stains[0].toReference).toBeCloseTo(angleBetween(stains[0].vector, [0.65, 0.7, 0.29]), 10);
    }
  });

  it("measures the other patches from the target that the normalizers chose", () => {
    const { target, patches } = run.sheet;
    expect(target?.id).toMatch(/^[ab]\/\d$/);
    const others = patches.filter((patch) => patch.id !== target?.id && patch.separation.stains.length > 0);
    expect(others.length).toBeGreaterThan(0);
    for (const { separation } of others) {
      separation.stains.forEach(({ vector, toTarget }, i) => {
        expect(toTarget).toBeCloseTo(angleBetween(vector, target!.separation.stains[i].vector), 10);
      });
    }
  });

  it("writes the pictures that it names, and no others, with a page and a section for the report", async () => {
    const { sheet, blobs } = run;
    const named = [
      ...(sheet.target && !sheet.patches.includes(sheet.target) ? [sheet.target] : []),
      ...sheet.patches,
    ].flatMap((patch) => [
      patch.picture,
      ...patch.separation.stains.map(({ picture }) => picture),
      ...patch.normalized.map(({ picture }) => picture),
      ...patch.augmented.flatMap(({ draws }) => draws.map(({ picture }) => picture)),
    ]);
    expect([...blobs.keys()].sort()).toEqual(["section.html", "sheet.html", ...new Set(named)].sort());
    expect(String(blobs.get("sheet.html")).match(/ src="(?!data:)/g)).toBeNull();
    const input = await sharp(blobs.get(sheet.patches[0].picture) as Uint8Array)
      .raw()
      .toBuffer();
    expect(new Uint8Array(input)).toEqual(images[sheet.patches[0].id].data);
  });

  it("draws densities as light through the stain alone: no stain is white", async () => {
    const [haematoxylin] = run.sheet.patches[0].separation.stains;
    const rgb = await sharp(run.blobs.get(haematoxylin.picture) as Uint8Array)
      .raw()
      .toBuffer();
    // The first column is background, and the colour of what is stained runs along the vector.
    expect([...rgb.subarray(0, 3)]).toEqual([255, 255, 255]);
    let darkest = 0;
    for (let i = 0; i < rgb.length; i += 3) if (rgb[i + 1] < rgb[darkest + 1]) darkest = i;
    const seen = [0, 1, 2].map((c) => -Math.log(rgb[darkest + c] / 255)) as [number, number, number];
    expect(angleBetween(seen, haematoxylin.vector)).toBeLessThan(1);
  });

  it("shows a patch that nothing can be made of, with the reasons", () => {
    const white = run.sheet.patches[2];
    expect(white.separation).toMatchObject({ stains: [], unsuitable: expect.stringContaining("tissue") });
    for (const each of [...white.normalized, ...white.augmented]) {
      expect(each.unchanged).toMatch(/^0\.0 % of it is tissue/);
    }
    for (const { draws } of white.augmented) expect(draws.map(({ changed }) => changed)).toEqual([false, false]);
  });

  it("gives the same bytes again, and other draws for another seed", async () => {
    const again = await runSheet();
    expect(again.sheet).toEqual(run.sheet);
    expect([...again.blobs]).toEqual([...run.blobs]);
    const other = await runSheet({ perDomain: 2 }, 43);
    const drawOf = ({ sheet, blobs }: Run) => {
      const patch = sheet.patches.find(({ id }) => id === "b/0")!;
      return blobs.get(patch.augmented[0].draws[0].picture);
    };
    expect(drawOf(other)).not.toEqual(drawOf(run));
  });

  it("draws what the sample loader would draw in as many epochs", async () => {
    const { sheet, blobs } = await runSheet({ augmenters: [spec("stain/grey", { p: 0.5 })], draws: 8 });
    const patch = sheet.patches[0];
    for (const [epoch, { picture, changed }] of patch.augmented[0].draws.entries()) {
      expect(changed).toBe(createRng(42, "stain/grey", patch.id, epoch).chance(0.5));
      expect(blobs.has(picture)).toBe(true);
    }
  });

  it("takes one split, several patches a domain, and no normalizers", async () => {
    const { sheet } = await runSheet({ perDomain: 2, normalizers: [], augmenters: [] }, 42, folds[0]);
    expect(sheet.patches.map(({ id }) => id)).toEqual(["a/0", "a/1", "b/0", "c/0"]);
    expect(sheet.target).toBeUndefined();
  });

  it("goes on where there is nothing to learn from", async () => {
    const blank = { ...folds[0], train: ["c/0"] };
    const { sheet } = await runSheet({}, 42, blank);
    expect(sheet.patches[0].normalized[0].unchanged).toBe("no patch can be its target");
    expect(sheet.patches[0].augmented[0].unchanged).toBe("there is no patch that it could learn from");
  });
});
