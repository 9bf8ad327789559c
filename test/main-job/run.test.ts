import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePair } from "../../packages/plugins-data/src/testing/picture-folder.test-support.js";
import { storedHashes } from "../faults/pipeline-run.js";
import { writeFolderPlugin } from "../fixtures/folder-plugin.js";
import { doneAndReused, parseEvents } from "../fixtures/run-events.js";
import { multitask, smallJob } from "../fixtures/small-job.js";
import { createWorkspace, readJson } from "../fixtures/workspace.js";
import type { PipeOutcome } from "../run-pipe.js";

const workspace = createWorkspace();
const trainings = ["train[fold-0]", "train[fold-1]"];
const evaluations = ["evaluate[fold-0]", "evaluate[fold-1]"];
const baselines = ["all-tumour[fold-0]", "all-tumour[fold-1]", "colour-alone[fold-0]", "colour-alone[fold-1]"];
const everything = [...baselines, ...evaluations, "report", "stains", ...trainings];

let first: PipeOutcome;

beforeAll(async () => {
  first = await workspace.pipe("run", multitask, ...smallJob, "--jobs", "2");
});
afterAll(() => workspace.remove());

describe("the main job, small", () => {
  it("ends with exit code 0 and first says profile, data, engine and what differs from the paper", () => {
    expect(first.code, first.stdout + first.stderr).toBe(0);
    const header = first.stdout.split("\n\n")[0].split("\n");
    expect(header[0]).toMatch(/^cosas-multitask/);
    expect(header.slice(1, 6)).toEqual([
      expect.stringMatching(/^profile +demo$/),
      expect.stringMatching(/^data +12 synthetic patches of 3 scanners$/),
      expect.stringMatching(/^engine +\w+ .*float32/),
      expect.stringMatching(/^ +embedded: /),
      expect.stringMatching(/^seed +42$/),
    ]);
    expect(header[6]).toBe("differs from profile paper in:");
    const differences = header.slice(7).map((line) => line.trim().split(/ {2,}/));
    for (const difference of differences) expect(difference).toHaveLength(3);
    const some = [
      ["params.encoder", "tiny", "(efficientnet-b7)"],
      ["params.size", "64", "(640)"],
      ["params.epochs", "1", "(200)"],
      ["steps.data", "data/synthetic", "(data/cosas)"],
    ];
    expect(differences).toEqual(expect.arrayContaining(some));
  });

  it("reports the network beside both baselines, by scanner and by patch", () => {
    const report = join(workspace.runs()[0], "report");
    expect(readdirSync(report).sort()).toEqual(["index.html", "patches.csv", "results.json"]);
    const { predictors, baselines: judged } = readJson<Record<string, { title: string }[]>>(report, "results.json");
    const titles = [...predictors, ...judged].map((each) => each.title);
    expect(titles).toHaveLength(3);
    const page = readFileSync(join(report, "index.html"), "utf8");
    const patches = readFileSync(join(report, "patches.csv"), "utf8").trim().split("\n");
    // Each of 12 patches is tested once, by each of three predictors.
    expect(patches).toHaveLength(1 + 3 * 12);
    for (const title of titles) {
      expect(page).toContain(title);
      expect(patches.filter((line) => line.includes(title))).toHaveLength(12);
      expect(first.stdout).toContain(title);
    }
    for (const scanner of ["scanner-a", "scanner-b", "scanner-c"]) {
      expect(page).toContain(scanner);
      expect(patches.filter((line) => line.includes(`,${scanner},`))).toHaveLength(3 * 4);
    }
    // The steps: a box each, coloured by what happened to it.
    expect(page).toMatch(/<h2>Steps<\/h2>\s*<div class="figures"><svg [\s\S]*<title>cosas-multitask \(demo\)<\/title>/);
    for (const text of ["train", "2 × done", "known while planning"]) expect(page).toContain(`>${text}</text>`);
    // The sheet: a patch of each scanner, its pictures inside the page.
    expect(page).toContain("<h2>Stains of the training patches</h2>");
    expect(page.match(/<b>haematoxylin<\/b>/g)?.length).toBeGreaterThanOrEqual(3);
    expect(page).not.toMatch(/(src|href)="(?!data:|#)/);
  });

  it("names the report and the run in its last lines", () => {
    const run = workspace.runs()[0].slice(workspace.folder.length + 1);
    expect(first.stdout).toContain(`report  ${run}/report/index.html`);
    expect(first.stdout).toMatch(new RegExp(`run +${run}\\n$`));
  });

  it("executes nothing the second time", async () => {
    const started = performance.now();
    const { code, stdout } = await workspace.pipe("run", multitask, ...smallJob, "--json");
    console.log(`the second identical run took ${((performance.now() - started) / 1000).toFixed(2)} s here`);
    expect(code).toBe(0);
    expect(doneAndReused(stdout)).toEqual({ done: [], reused: everything });
    expect(new Set(parseEvents(stdout).map((event) => event.type))).toEqual(
      new Set(["run-started", "instance-reused", "run-finished"]),
    );
  });

  it("reruns exactly what depends on an option, and explains it", async () => {
    const changed = [multitask, ...smallJob, "--set", "steps.evaluate.with.threshold=0.25"];
    const { stdout: why } = await workspace.pipe("explain", changed[0], "evaluate", ...changed.slice(1));
    for (const each of evaluations) expect(why).toContain(`${each}: would run\n  options.threshold: 0.5 → 0.25`);
    const { code, stdout } = await workspace.pipe("run", ...changed, "--json");
    expect(code).toBe(0);
    expect(doneAndReused(stdout)).toEqual({
      done: [...evaluations, "report"],
      reused: [...baselines, "stains", ...trainings],
    });
    const { stdout: after } = await workspace.pipe("explain", changed[0], "evaluate", ...changed.slice(1), "--json");
    expect(JSON.parse(after)).toMatchObject(evaluations.map((instance) => ({ instance, outcome: "reused" })));
  });

  it("gives the same bytes with one job as with two", async () => {
    const other = createWorkspace();
    const { code } = await other.pipe("run", multitask, ...smallJob, "--jobs", "1");
    expect(code).toBe(0);
    const hashes = await storedHashes(join(other.folder, ".eosin"));
    expect(Object.keys(hashes)).toHaveLength(everything.length);
    expect(await storedHashes(join(workspace.folder, ".eosin"))).toMatchObject(hashes);
    other.remove();
  });
});

describe("a plugin in a folder", () => {
  const run = () => workspace.pipe("run", "with-invert.yaml", ...smallJob, "--json");

  beforeAll(() => {
    writePlugin("255 - value");
    workspace.write(
      "with-invert.yaml",
      [
        `extends: ${JSON.stringify(multitask)}`,
        'plugins: { ./my-plugin: "*" }',
        "steps: { train: { with: { augment: [{ uses: mine/invert, with: { p: 0.5 } }] } } }",
      ].join("\n"),
    );
  });

  function writePlugin(expression: string): void {
    writeFolderPlugin(
      workspace,
      "my-plugin",
      `import { defineAugmenter } from "@eosin/plugin-api/imaging";
      const invert = defineAugmenter({
        type: "mine/invert",
        summary: "Inverts the picture.",
        options: z.strictObject({ p: z.number().min(0).max(1) }),
        create: ({ options }) => ({
          apply(sample, rng) {
            if (rng.uniform() >= options.p) return sample;
            const data = sample.image.data.map((value) => ${expression});
            return { ...sample, image: { ...sample.image, data } };
          },
        }),
      });
      export default definePlugin({ name: "my-plugin", components: [invert] });`,
    );
  }

  it("joins a shipped pipeline; what does not depend on it is reused", async () => {
    const { code, stdout, stderr } = await run();
    expect(code, stdout + stderr).toBe(0);
    expect(doneAndReused(stdout)).toEqual({
      done: [...evaluations, "report", ...trainings],
      reused: [...baselines, "stains"],
    });
  });

  it("reruns exactly what depends on it when one line of it changes, and explain says so", async () => {
    writePlugin("254 - (value & 254)");
    const { stdout: why } = await workspace.pipe("explain", "with-invert.yaml", "train", ...smallJob);
    expect(why).toMatch(/train\[fold-0\]: would run\n {2}.*my-plugin/);
    const { code, stdout } = await run();
    expect(code, stdout).toBe(0);
    expect(doneAndReused(stdout)).toEqual({
      done: [...evaluations, "report", ...trainings],
      reused: [...baselines, "stains"],
    });
  });
});

describe("pipe predict", () => {
  it("writes masks and probability maps of the images' own sizes", async () => {
    const sizes = { small: [50, 40], wide: [160, 96] } as const;
    for (const [name, [width, height]] of Object.entries(sizes)) {
      const [image, mask] = [join(workspace.folder, `images/${name}.png`), join(workspace.folder, `other/${name}.png`)];
      await writePair(image, mask, width, height, 1);
    }
    const args = ["predict", workspace.runs()[0], "images", "--out", "predicted"];
    const which = await workspace.pipe(...args, "--model", "fold-2");
    expect(which.code).toBe(2);
    expect(which.stderr).toMatch(/2 models[\s\S]*train\[fold-0\], train\[fold-1\][\s\S]*--model train\[fold-0\]/);
    const { code, stdout, stderr } = await workspace.pipe(...args, "--model", "fold-1");
    expect(code, stderr).toBe(0);
    expect(stdout.trim().split("\n")).toHaveLength(2);
    const all = await workspace.pipe(...args);
    expect(all.code, all.stderr).toBe(0);
    expect(all.stderr).toContain("the mean of train[fold-0], train[fold-1]");
    for (const [name, size] of Object.entries(sizes)) {
      expect(sizeOfPng(join(workspace.folder, `predicted/masks/${name}.png`))).toEqual(size);
      expect(sizeOfPng(join(workspace.folder, `predicted/probabilities/${name}.png`))).toEqual(size);
    }
  });

  function sizeOfPng(file: string): readonly number[] {
    const bytes = readFileSync(file);
    expect(bytes.toString("latin1", 1, 4)).toBe("PNG");
    return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  }
});
