import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Artifact, TracedLook } from "@eosin/plugin-api";
import type { PatchFallbacks, Predictions } from "@eosin/plugin-api/imaging";
import type { TrainedModel } from "@eosin/plugin-api/learning";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handle, report, writePredictions } from "./report.test-support.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eosin-report-"));
});
afterAll(() => rm(folder, { recursive: true }));

const predictions = (
  instance: string,
  value: Partial<Predictions>,
  axes: Record<string, string>,
  shift: number,
  ignoredRows?: { readonly [id: string]: number },
) => writePredictions(folder, instance, value, axes, shift, ignoredRows);

describe("segmentation report", () => {
  it("says what it goes without, and why, in the page and in the results", async () => {
    const fold = await predictions("evaluate[fold-0]", {}, { fold: "fold-0" }, 0);
    const because = { because: "train[fold-1]", code: "LOSS_NOT_FINITE", message: "The loss is <no> number." };
    const missing = ["evaluate[fold-1]", "train[fold-1]"].map((instance) => ({
      instance,
      axes: { fold: "fold-1" },
      ...because,
    }));
    const options = { predictions: [handle("predictions", "evaluate[fold-0]")] };
    const { written } = await report([fold], options, missing);
    const html = written.get("index.html")!;
    expect(html).toContain("This report is incomplete");
    expect(html).toContain("The loss is &lt;no&gt; number. [LOSS_NOT_FINITE]");
    expect(html).toContain("evaluate[fold-1], train[fold-1]");
    expect(html).toMatch(/failed, and not in the figures[\s\S]*<td>train\[fold-1\]<\/td>/);
    expect(JSON.parse(written.get("results.json")!).missing).toEqual(missing);
    expect((await report([fold], options)).written.get("index.html")).not.toContain("incomplete");
  });

  it("tells what the looks at the data said: warnings above the figures, notes among the settings", async () => {
    const fold = await predictions("evaluate[fold-0]", {}, { fold: "fold-0" }, 0);
    const options = { predictions: [handle("predictions", "evaluate[fold-0]")] };
    const looks: TracedLook[] = [
      {
        instance: "data",
        lines: [
          { level: "warning", text: "All 6 masks hold <no> tumour." },
          { level: "note", text: "16-bit values 0…4095 scaled to 0…255: all 6 images." },
        ],
      },
      { instance: "folds", lines: [{ level: "warning", text: "a/1 is on two sides." }] },
    ];
    const { written } = await report([fold], options, undefined, looks);
    const html = written.get("index.html")!;
    const places = [
      "<h2>About the data</h2>",
      "<td>data</td><td><div>All 6 masks hold &lt;no&gt; tumour.</div></td>",
      "<td>folds</td><td><div>a/1 is on two sides.</div></td>",
      '<div class="tiles">',
      "<h2>Settings and versions</h2>",
      "<summary>Notes about the data</summary>",
      "<td>data</td><td><div>16-bit values 0…4095 scaled to 0…255: all 6 images.</div></td>",
    ].map((text) => html.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(html.match(/16-bit values/g)).toHaveLength(1);
    expect(JSON.parse(written.get("results.json")!).provenance.looks).toEqual(looks);
  });

  it("has the bytes of a report that knows no looks where they said nothing", async () => {
    const fold = await predictions("evaluate[fold-0]", {}, { fold: "fold-0" }, 0);
    const { written } = await report([fold], { predictions: [handle("predictions", "evaluate[fold-0]")] });
    const html = written.get("index.html")!;
    expect(html).not.toMatch(/about the data/i);
    expect(html).toContain('<h1>test &lt;run&gt;</h1>\n<div class="tiles">');
    expect(html).toContain("0.3\n}</pre></details>\n\n</body></html>");
    expect(JSON.parse(written.get("results.json")!).provenance).not.toHaveProperty("looks");
  });

  it("holds the picture of the steps, before what they were made with", async () => {
    const fold = await predictions("evaluate[fold-0]", {}, { fold: "fold-0" }, 0);
    const { written } = await report([fold], { predictions: [handle("predictions", "evaluate[fold-0]")] });
    expect(written.get("index.html")).toMatch(/<svg><title>steps<\/title><\/svg>[\s\S]*<h2>Settings and versions/);
  });

  it("writes one HTML file without a request, JSON and CSV, the same bytes each time", async () => {
    const folds = [
      await predictions("evaluate[fold-0]", {}, { fold: "fold-0" }, 0),
      await predictions("evaluate[fold-1]", { split: "fold-1" }, { fold: "fold-1" }, 2),
    ];
    const baseline = await predictions(
      "colour",
      { predictor: "colour alone", role: "baseline" },
      { fold: "fold-0" },
      5,
    );
    const model: Artifact<TrainedModel> = {
      ...folds[0],
      type: "model",
      instance: "train[fold-0]",
      value: {
        title: "net",
        bestEpoch: 2,
        history: [1, 2, 3].map((epoch) => ({
          epoch,
          learningRate: 1e-3,
          train: { loss: 1 / epoch },
          validation: { loss: 1.1 / epoch, dice: 0.2 * epoch, iou: 0.1 * epoch },
        })),
      } as unknown as TrainedModel,
    };
    const artifacts = [...folds, baseline, model];
    const options = {
      predictions: folds.map((each) => handle("predictions", each.instance)),
      baselines: [handle("predictions", "colour")],
      models: handle("model", "train[fold-0]"),
      compare: "paper-table-1",
    };
    const first = await report(artifacts, options);
    const again = await report(artifacts, options);
    expect([...again.written]).toEqual([...first.written]);

    const html = first.written.get("index.html")!;
    expect(html.match(/(?:src|href)="(?!data:|#)[^"]*"|url\((?!#)[^)]*\)|@import/g)).toBeNull();
    expect(html).toContain("test &lt;run&gt;");
    expect(html).toContain("scanners never seen in training");
    expect(html).toContain("0.894");
    expect(html).toContain("colour alone");
    expect(html.match(/<svg/g)!.length).toBe(4);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(html.match(/url\(#[^)]+\)/g)!.every((use) => ids.includes(use.slice(5, -1)))).toBe(true);
    expect(html.match(/data:image\/png/g)!.length).toBe(5 * 6);

    const results = JSON.parse(first.written.get("results.json")!);
    expect(results.predictors).toHaveLength(1);
    expect(results.predictors[0].folds).toHaveLength(2);
    expect(results.predictors[0].overall.dice.mean).toBeGreaterThan(results.baselines[0].overall.dice.mean);
    const csv = first.written.get("patches.csv")!.trim().split("\n");
    expect(csv).toHaveLength(1 + 3 * 6);
  });

  it("takes groups for the cases where patches have them, and says how many", async () => {
    const fold = await predictions("grouped[fold-0]", {}, { fold: "fold-0" }, 0);
    const samples = fold.value.samples.map((each, index) => ({ ...each, group: `=P${index % 2}` }));
    const grouped = { ...fold, value: { ...fold.value, samples } };
    const options = { predictions: [handle("predictions", "grouped[fold-0]")] };
    const { written } = await report([grouped], options);
    const [predictor] = JSON.parse(written.get("results.json")!).predictors;
    expect(predictor.groups).toMatchObject({ groups: 2, patches: 6 });
    // Two cases: the ends are the means of the one and of the other.
    const values = written
      .get("patches.csv")!
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    const means = ["'=P0", "'=P1"].map((name) => {
      const of = values.filter((cells) => cells[6] === name).map((cells) => Number(cells[7]));
      return of.reduce((sum, each) => sum + each, 0) / of.length;
    });
    const { low, high } = predictor.groups.intervals.dice;
    expect([low, high].map((each) => each.toFixed(9))).toEqual(
      means.toSorted((a, b) => a - b).map((each) => each.toFixed(9)),
    );
    expect(written.get("index.html")).toContain("<td>2 groups, 6 patches</td>");

    const plain = await report([fold], options);
    expect(plain.written.get("patches.csv")!.split("\n")[0]).toMatch(/^predictor,role,axes,fold,domain,id,dice,/);
    expect(plain.written.get("results.json")).not.toContain('"groups"');
    expect(plain.written.get("index.html")).not.toContain("whole groups");
  });

  it("counts the patches that a method could not work with, each once", async () => {
    const left = (part: "train" | "test", of: number, ids: readonly string[], split = "fold-0"): PatchFallbacks => ({
      component: "stain/spcn",
      treatment: "left as it is",
      split,
      part,
      of,
      patches: ids.map((id) => ({ id, reason: `<${id}> is black` })),
    });
    const many = Array.from({ length: 7 }, (_, i) => `t/${i}`);
    const targets = {
      ...left("train", 9, ["a/2"]),
      component: "stain/density-targets",
      treatment: "measured otherwise",
    };
    const folds = [
      await predictions(
        "evaluate[a=1]",
        { fallbacks: [left("train", 9, many), left("test", 6, ["a/1"])] },
        { a: "1" },
        0,
      ),
      await predictions("evaluate[a=2]", { fallbacks: [left("train", 9, ["t/9"]), targets] }, { a: "2" }, 0),
    ];
    const rival = await predictions("colour", { role: "baseline", fallbacks: [left("test", 6, ["a/1"])] }, {}, 0);
    const { written } = await report([...folds, rival], {
      predictions: folds.map((each) => handle("predictions", each.instance)),
      baselines: [handle("predictions", "colour")],
    });
    const results = JSON.parse(written.get("results.json")!);
    expect(results.fallbacks).toMatchObject([
      { component: "stain/density-targets", treatment: "measured otherwise", parts: [{ count: 1, of: 9 }] },
      {
        component: "stain/spcn",
        parts: [
          { split: "fold-0", part: "test", count: 1, of: 6 },
          { split: "fold-0", part: "train", count: 8, of: 9 },
        ],
      },
    ]);
    const ids = results.fallbacks[1].patches.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(["a/1", ...many, "t/9"]);
    const html = written.get("index.html")!;
    expect(html).toContain("Patches that a method could not work with");
    expect(html).toContain("8 of 9 (fold-0, train)");
    expect(html).toContain("t/3: &lt;t/3&gt; is black");
    expect(html).not.toContain("t/4: ");
    expect(html).toContain("and 4 more, in results.json");
  });

  it("says nothing of such patches where there are none", async () => {
    const one = await predictions("evaluate[fold-0]", {}, { fold: "fold-0" }, 0);
    const { written } = await report([one], { predictions: handle("predictions", one.instance) });
    expect(written.get("index.html")).not.toContain("could not work with");
    expect(JSON.parse(written.get("results.json")!).fallbacks).toEqual([]);
  });

  it("says which patches are not judged at all, and what is hatched", async () => {
    const one = await predictions("evaluate[fold-0]", {}, { fold: "fold-0" }, 0);
    const ignoring = await predictions("ignoring[fold-0]", {}, { fold: "fold-0" }, 1, {
      "a/1": 24,
      "a/2": 4,
      "a/3": 4,
      "b/1": 4,
      "b/2": 4,
      "b/3": 4,
    });
    const options = (instance: string) => ({ predictions: handle("predictions", instance), cases: 6 });
    const { written, value } = await report([ignoring], options(ignoring.instance));
    const html = written.get("index.html")!;
    expect(html).toContain(
      "Patches whose pixels are all ignored have no figures, and means leave them out: 1 in fold-0.",
    );
    expect(html).toContain("ignored, not judged");
    expect(JSON.parse(written.get("results.json")!).predictors[0].folds[0].unjudged).toBe(1);
    expect(written.get("results.json")).not.toContain("NaN");
    expect(JSON.stringify(value)).not.toContain("null");
    expect(written.get("patches.csv")).toMatch(/,a\/1,,,,,,,,,,/);
    const usual = (await report([one], options(one.instance))).written;
    expect(usual.get("index.html")).not.toContain("ignored");
    expect(usual.get("results.json")).not.toContain("unjudged");
  });

  it("draws a sweep as a curve, a row each point", async () => {
    const artifacts: Artifact<Predictions>[] = [];
    for (const [i, alpha] of ["0", "0.3", "0.6"].entries()) {
      for (const fold of ["fold-0", "fold-1"]) {
        const name = `evaluate[alpha=${alpha},fold=${fold}]`;
        artifacts.push(await predictions(name, { split: fold }, { alpha, fold }, i));
      }
    }
    const { written } = await report(artifacts, {
      predictions: artifacts.map((each) => handle("predictions", each.instance)),
    });
    const results = JSON.parse(written.get("results.json")!);
    expect(results.predictors.map((each: { axes: unknown }) => each.axes)).toEqual([
      { alpha: "0" },
      { alpha: "0.3" },
      { alpha: "0.6" },
    ]);
    expect(results.predictors.map((each: { title: string }) => each.title)).toEqual(
      ["0", "0.3", "0.6"].map((alpha) => `net, alpha ${alpha}`),
    );
    expect(written.get("index.html")).toContain("dice and iou by alpha");
  });

  it("takes in the sheet of the training patches, its pictures inside, under a heading of its own", async () => {
    const one = await predictions("evaluate[fold-0]", {}, { fold: "fold-0" }, 0);
    const own = join(folder, "stains");
    await mkdir(join(own, "pictures"), { recursive: true });
    const picture = (name: string) => `<img src="pictures/${name}.png" alt="">`;
    await writeFile(join(own, "section.html"), `<p>angles</p>${picture("a")}${picture("b")}${picture("a")}`);
    await writeFile(join(own, "pictures/a.png"), "A");
    await writeFile(join(own, "pictures/b.png"), "B");
    const sheet: Artifact<unknown> = {
      ...one,
      type: "stain-sheet",
      instance: "stains",
      value: {},
      blobPath: (name) => join(own, name),
    };
    const handles = { predictions: handle("predictions", one.instance) };
    const { written } = await report([one, sheet], { ...handles, stains: handle("stain-sheet", "stains") });
    const html = written.get("index.html")!;
    const [a, b] = ["A", "B"].map((text) => `<img src="data:image/png;base64,${btoa(text)}" alt="">`);
    expect(html).toContain(`<h2>Stains of the training patches</h2><p>angles</p>${a}${b}${a}`);
    expect((await report([one], handles)).written.get("index.html")).not.toContain("Stains of the training patches");
  });

  it("offers the paper's protocol: figures over the joined pixels of a batch", async () => {
    const one = await predictions("evaluate[fold-0]", {}, { fold: "fold-0" }, 0);
    const options = { predictions: handle("predictions", one.instance), protocol: "flattened-batch", batch: 6 };
    const { written } = await report([one], options);
    const results = JSON.parse(written.get("results.json")!);
    // Six equal discs, the i-th prediction shifted by i: Dice of the joined pixels is 2·ΣTP / (2 · 6 · area).
    const lines = written.get("patches.csv")!.trim().split("\n").slice(1);
    const meanOfDice = lines.reduce((sum, line) => sum + Number(line.split(",")[6]), 0) / 6;
    expect(results.predictors[0].overall.dice.mean).toBeCloseTo(meanOfDice, 10);
    const meanOfIou = lines.reduce((sum, line) => sum + Number(line.split(",")[7]), 0) / 6;
    expect(results.predictors[0].overall.iou.mean).not.toBeCloseTo(meanOfIou, 3);
  });
});
