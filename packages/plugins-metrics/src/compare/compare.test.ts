import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Artifact, RunProvenance } from "@eosin/plugin-api";
import { type Predictions, predictionBlobName } from "@eosin/plugin-api/imaging";
import { storedFloat32, writeStoredTensors } from "@eosin/plugin-api/tensor-file";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Contender, chooseSideBySide, compareContenders, comparePage, type DifferingSetting } from "./index.js";

const side = 16;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eosin-compare-"));
});
afterAll(() => rm(folder, { recursive: true }));

/**
 * A square of 8 × 8 pixels is tumour; the prediction has its first `rows` rows. Dice is 2·rows / (8 + rows).
 * @param ignored Patches whose labels are all ignored.
 */
async function fold(
  instance: string,
  split: string,
  rows: { readonly [id: string]: number },
  groupOf: (id: string) => string | undefined = () => undefined,
  ignored: readonly string[] = [],
) {
  const own = join(folder, instance.replaceAll(/\W/g, "-"));
  await mkdir(own, { recursive: true });
  const square = (height: number) =>
    Uint8Array.from({ length: side * side }, (_, i) => +(i % side < 8 && Math.floor(i / side) < height));
  const samples = Object.keys(rows).map((id) => {
    const group = groupOf(id);
    return { id, domain: id[0], width: side, height: side, ...(group === undefined ? {} : { group }) };
  });
  for (const [index, { id }] of samples.entries()) {
    const prediction = square(rows[id]);
    await writeStoredTensors(
      join(own, predictionBlobName(index)),
      new Map([
        ["probability", storedFloat32(Float32Array.from(prediction), [side, side])],
        ["prediction", { type: "U8", shape: [side, side], bytes: prediction }],
        ["truth", { type: "U8", shape: [side, side], bytes: ignored.includes(id) ? square(8).fill(255) : square(8) }],
        ["image", { type: "U8", shape: [side, side, 3], bytes: new Uint8Array(side * side * 3).fill(200) }],
      ]),
    );
  }
  const artifact: Artifact<Predictions> = {
    type: "predictions",
    instance,
    axes: { fold: split },
    value: { predictor: "net", role: "network", split, threshold: 0.5, trainedOn: ["a"], samples },
    blobNames: samples.map((_, index) => predictionBlobName(index)),
    blobPath: (name) => join(own, name),
  };
  return artifact;
}

function contender(name: string, members: readonly Artifact<Predictions>[], more: Partial<Contender> = {}): Contender {
  const ids = members.flatMap(({ value }) => value.samples.map(({ id }) => id));
  return {
    name,
    run: `run-of-${name}`,
    axes: {},
    provenance: {
      document: { name, file: `/somewhere/${name}.yaml` },
      params: {},
      seed: 7,
      plugins: { "@eosin/plugins-model": "0.1.0" },
      steps: members.map(({ instance }) => ({
        instance,
        uses: "model/tta-evaluator",
        plugin: "@eosin/plugins-model",
        fingerprint: "f".repeat(64),
        place: `${name}.yaml:12`,
        inputs: [],
        options: { threshold: 0.5 },
      })),
      looks: [],
    } satisfies RunProvenance,
    members,
    missing: [],
    contents: new Map(ids.map((id) => [id, `pixels of ${id}`])),
    ...more,
  };
}

const compare = (contenders: readonly Contender[], how: { reference?: string; settings?: DifferingSetting[] } = {}) =>
  compareContenders({ contenders, settings: how.settings ?? [], reference: how.reference, seed: 1 });

const dice = (rows: number) => (2 * rows) / (8 + rows);

describe("a comparison", () => {
  it("gives means over folds, and paired differences by image", async () => {
    const weak = contender("weak", [
      await fold("weak[0]", "fold-0", { "a/1": 2, "b/1": 4 }),
      await fold("weak[1]", "fold-1", { "a/2": 3, "b/2": 5 }),
    ]);
    const strong = contender("strong", [
      await fold("strong[0]", "fold-0", { "a/1": 6, "b/1": 7 }),
      await fold("strong[1]", "fold-1", { "a/2": 8, "b/2": 5 }),
    ]);
    const { comparison, judged } = await compare([weak, strong]);
    const folds = [(dice(2) + dice(4)) / 2, (dice(3) + dice(5)) / 2];
    expect(comparison.contenders[0].summary.overall.dice.mean).toBeCloseTo((folds[0] + folds[1]) / 2, 12);
    expect(comparison.contenders[0].summary.strata.a.dice.mean).toBeCloseTo((dice(2) + dice(3)) / 2, 12);
    const [difference] = comparison.differences;
    expect(difference).toMatchObject({ contender: "strong", reference: "weak", metric: "dice", images: 4 });
    expect(difference.mean).toBeCloseTo((dice(6) - dice(2) + dice(7) - dice(4) + dice(8) - dice(3)) / 4, 12);
    // Three of one sign, the zero dropped: 2 of 2³ patterns are as extreme.
    expect(difference.test).toMatchObject({ statistic: 0, p: 0.25, method: "exact", nonZero: 3 });
    expect(difference.interval.low).toBeGreaterThanOrEqual(0);
    expect(difference.interval.high).toBeLessThanOrEqual(dice(6) - dice(2));

    const cases = await chooseSideBySide(judged, judged[0], comparison.metrics);
    expect(cases.map(({ rank, id }) => [rank, id])).toEqual([
      ["gains most", "a/1"],
      ["median", "b/1"],
      ["loses most", "b/2"],
    ]);
    expect(cases[0].predictions.map(({ name }) => name)).toEqual(["weak", "strong"]);
    const html = comparePage(comparison, cases);
    expect(html).toBe(comparePage((await compare([weak, strong])).comparison, cases));
    expect(html).toContain("0.894");
    expect(html).toContain("weak.yaml:12");
    expect(html.match(/(?:src|href)="(?!data:|#)[^"]*"|url\((?!#)[^)]*\)|@import/g)).toBeNull();
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
    const inside = /<script type="application\/json" id="comparison">(.*)<\/script>/.exec(html)![1];
    expect(JSON.parse(inside).differences[0].images).toBe(4);
    expect(html).not.toContain("ignored");
  });

  it("pairs no image whose pixels are all ignored, and says so", async () => {
    const rows = { "a/1": 2, "a/2": 4, "b/1": 6 };
    const [weak, strong] = [
      contender("weak", [await fold("weak[i]", "fold-0", rows, undefined, ["a/2"])]),
      contender("strong", [await fold("strong[i]", "fold-0", { ...rows, "a/1": 7 }, undefined, ["a/2"])]),
    ];
    const { comparison, judged } = await compare([weak, strong]);
    expect(comparison.differences[0]).toMatchObject({ images: 2, unjudged: 1 });
    expect(comparison.differences[0].mean).toBeCloseTo((dice(7) - dice(2)) / 2, 12);
    const html = comparePage(comparison, await chooseSideBySide(judged, judged[0], comparison.metrics));
    expect(html).toContain("1 whose pixels are all ignored");
    expect(html).toContain("means leave them out: 1 in fold-0");
    const none = contender("none", [await fold("none[i]", "fold-0", { "a/1": 2 }, undefined, ["a/1"])]);
    await expect(compare([none, contender("other", none.members)])).rejects.toMatchObject({
      code: "NOTHING_IN_COMMON",
      found: expect.stringContaining("1 whose pixels are all ignored"),
    });
  });

  it("pairs what is common, and says what is not", async () => {
    const one = contender("one", [await fold("one", "fold-0", { "a/1": 2, "a/2": 3, "a/3": 4 })]);
    const other = contender("other", [await fold("other", "fold-0", { "a/1": 4, "a/3": 4, "a/4": 4, "a/5": 4 })]);
    const contents = new Map([...other.contents, ["a/3", "other pixels"]]);
    const { comparison } = await compare([one, { ...other, contents }]);
    expect(comparison.differences[0]).toMatchObject({
      images: 1,
      onlyContender: 2,
      onlyReference: 1,
      otherPixels: 1,
    });
    expect(comparePage(comparison, [])).toContain("1 of one id but other pixels");
  });

  it("takes an image that every fold tests as one image", async () => {
    const make = async (name: string, rows: readonly number[]) =>
      contender(name, [
        await fold(`${name}[0]`, "fold-0", { "a/1": rows[0] }),
        await fold(`${name}[1]`, "fold-1", { "a/1": rows[1] }),
      ]);
    const { comparison } = await compare([await make("ex1", [2, 4]), await make("ex2", [6, 8])]);
    expect(comparison.differences[0].images).toBe(1);
    expect(comparison.differences[0].mean).toBeCloseTo((dice(6) - dice(2) + dice(8) - dice(4)) / 2, 12);
  });

  it("keeps a point whose folds all failed in the table", async () => {
    const one = contender("kept", [await fold("kept", "fold-0", { "a/1": 2 })]);
    const { comparison } = await compare([one, contender("lost", [], { missing: ["fold-0"] })]);
    expect(comparison.differences).toEqual([]);
    expect(comparePage(comparison, [])).toContain("failed or not computed: fold-0");
  });

  it("draws a curve over the one number that differs", async () => {
    const points = await Promise.all(
      [0, 0.3, 0.6].map(async (alpha, i) => contender(`α ${alpha}`, [await fold(`p${i}`, "fold-0", { "a/1": i + 2 })])),
    );
    const settings = [{ path: "train.loss.alpha", values: [0, 0.3, 0.6] }];
    const { comparison } = await compare(points, { settings });
    expect(comparePage(comparison, [])).toContain("dice and iou by alpha");
    const { comparison: without } = await compare(points, { settings: [] });
    expect(comparePage(without, [])).not.toContain("<svg");
  });

  it("refuses what cannot be compared", async () => {
    const one = contender("one", [await fold("r1", "fold-0", { "a/1": 2 })]);
    const apart = contender("apart", [await fold("r2", "fold-0", { "a/9": 2 })]);
    await expect(compare([one, apart])).rejects.toMatchObject({ code: "NOTHING_IN_COMMON" });
    await expect(compare([one])).rejects.toMatchObject({ code: "NOTHING_TO_COMPARE" });
    await expect(compare([one, apart], { reference: "apar" })).rejects.toMatchObject({
      code: "UNKNOWN_REFERENCE",
      didYouMean: "apart",
    });
  });
});

describe("patches of the same patients", () => {
  /** Three patients of twelve patches each; by patient, every patch gains alike. */
  const rowsOf = (gain: (patient: number) => number) =>
    Object.fromEntries(Array.from({ length: 36 }, (_, i) => [`a${i}`, 3 + gain(Math.floor(i / 12))] as const));
  const patientOf = (id: string) => `P${Math.floor(Number(id.slice(1)) / 12)}`;
  const compare = async (name: string, groupOf?: (id: string) => string) => {
    const contenders = [
      contender("old", [
        await fold(
          `${name}-old`,
          "fold-0",
          rowsOf(() => 0),
          groupOf,
        ),
      ]),
      contender("new", [
        await fold(
          `${name}-new`,
          "fold-0",
          rowsOf((patient) => 1 + patient),
          groupOf,
        ),
      ]),
    ];
    return (await compareContenders({ contenders, settings: [], seed: 5 })).comparison;
  };

  it("are resampled and tested by patient", async () => {
    const grouped = await compare("grouped", patientOf);
    const naive = await compare("naive");
    const [of, without] = [grouped, naive].map(
      ({ differences }) => differences.find(({ metric }) => metric === "dice")!,
    );
    expect([of.groups, of.images]).toEqual([3, 36]);
    expect(without.groups).toBeUndefined();
    expect(of.mean).toBe(without.mean);
    // Patch by patch the difference seems certain; three patients cannot show it.
    expect(without.test.p).toBeLessThan(1e-6);
    expect(of.test.p).toBe(0.25);
    expect(of.interval.high - of.interval.low).toBeGreaterThan(2.5 * (without.interval.high - without.interval.low));
    expect(grouped.method.interval).toContain("drawn by whole groups");
    expect(grouped.method.test).toContain("of the mean difference of each group");
    expect(comparePage(grouped, [])).toContain("<td>3 groups, 36 images</td>");
  });

  it("without groups nothing is said of them, byte for byte", async () => {
    const { method, differences } = await compare("plain");
    expect(method.interval).toBe(
      "95 % percentile bootstrap of the mean difference over images, 10000 resamples (Philox)",
    );
    expect(method.test).toBe(
      "Wilcoxon signed-rank, two-sided, zero differences dropped; exact up to 50 images without ties, else normal with tie and continuity correction",
    );
    expect(JSON.stringify(differences)).not.toContain("group");
  });
});
