import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases, casesAreHere, writePng } from "../../packages/pictures/src/testing/draw-files.test-support.js";
import { writePicture } from "../../packages/plugins-data/src/testing/picture-folder.test-support.js";
import { createWorkspace } from "../fixtures/workspace.js";
import { drawPair, side } from "./draw-pair.js";
import { writeBase } from "./write-base.js";

const workspace = createWorkspace();
const at = (...names: readonly string[]) => join(workspace.folder, ...names);

interface Step {
  readonly instance: string;
  readonly summary: string;
  readonly lines: readonly { readonly level: string; readonly text: string }[];
  readonly problems: readonly {
    readonly id?: string;
    readonly code: string;
    readonly file?: string;
    readonly found?: string;
    readonly next?: string;
  }[];
  readonly reused: boolean;
  readonly page?: string;
}

const plugins = `plugins: { "@eosin/plugins-data": "*", "@eosin/plugins-model": "*", "@eosin/plugins-metrics": "*" }`;
const judge = (data: string) => `name: judge
${plugins}
steps:
  data: ${data}
  fold: { uses: data/holdout, with: { dataset: "\${steps.data}", test: 0.4 } }
  all: { uses: model/baseline-all-foreground, each: { fold: "\${steps.fold}" }, with: { split: "\${each.fold}", size: 64 } }
  report: { uses: metrics/segmentation-report, with: { predictions: "\${steps.all}" } }
`;

beforeAll(async () => {
  await writeBase(at("sound"));
  cpSync(at("sound"), at("faulty"), { recursive: true });
  // What headers tell while planning:
  writeFileSync(at("faulty/A/image/p0.png"), "text with a picture's name");
  await writePng(at("faulty/A/mask/p1.png"), new Uint8Array(64), 8, 1);
  writeFileSync(at("faulty/B/mask/p0.png"), readFileSync(at("sound/B/mask/p0.png")).subarray(0, 20));
  // What shows when they are decoded:
  const whole = readFileSync(at("sound/B/image/p1.png"));
  writeFileSync(at("faulty/B/image/p1.png"), whole.subarray(0, whole.length >> 1));
  // What their labels tell:
  await writePng(
    at("faulty/B/mask/p2.png"),
    Uint8Array.from({ length: side * side }, (_, i) => i % 3),
    side,
    1,
  );
  for (const [d, domain] of ["A", "B"].entries()) {
    for (const i of [0, 1, 2, 3, 4]) {
      for (const part of ["image", "mask"]) mkdirSync(at("jpeg", domain, part), { recursive: true });
      cpSync(at("sound", domain, "image", `p${i}.png`), at("jpeg", domain, "image", `p${i}.png`));
      await writePicture(at("jpeg", domain, "mask", `p${i}.jpg`), drawPair(100 * d + i).mask, side, side, 1);
    }
  }
  for (const part of ["image", "mask"]) cpSync(at("sound/A", part), at("deeper/A", part, "pat1"), { recursive: true });
  const rows = [0, 1, 2, 3, 4].map((i) => `sound/A/image/p${i}.png,sound/A/mask/p${i}.png`);
  workspace.write("list.csv", `image,mask\n${rows.join("\n")}\n`);
  const folders = (root: string) => `{ uses: data/image-mask-folders, with: { root: ./${root} } }`;
  workspace.write(
    "many.yaml",
    `name: many
${plugins}
steps:
  faulty: ${folders("faulty")}
  jpeg: ${folders("jpeg")}
  deeper: ${folders("deeper")}
  listed: { uses: data/table, with: { file: ./list.csv } }
`,
  );
  workspace.write("judge.yaml", judge(folders("faulty")));
  workspace.write(
    "left-out.yaml",
    judge("{ uses: data/image-mask-folders, with: { root: ./faulty, excludeFile: ./out.txt } }"),
  );
});
afterAll(() => workspace.remove());

describe("pipe data check DOCUMENT", () => {
  it("before it, nothing is opened: validate and plan say so", async () => {
    const valid = await workspace.pipe("validate", "judge.yaml");
    expect(valid.code).toBe(0);
    expect(valid.stdout).toContain("  not looked at yet: pipe data check judge.yaml");
    expect(existsSync(at(".eosin"))).toBe(false);
    workspace.write("sound.yaml", judge("{ uses: data/image-mask-folders, with: { root: ./sound } }"));
    const planned = await workspace.pipe("plan", "sound.yaml");
    expect(planned.stdout).toContain("data, fold: not looked at yet: pipe data check sound.yaml");
  });

  it("tells every fault of every data set in one go, by what it is (F14, F26)", async () => {
    const { code, stdout, stderr } = await workspace.pipe("data", "check", "many.yaml", "--json");
    expect(code, stderr).toBe(1);
    const steps = Object.fromEntries((JSON.parse(stdout) as Step[]).map((step) => [step.instance, step]));
    const { faulty, jpeg, deeper, listed } = steps;
    const found = faulty.problems.map(({ id, code, file }) => [id, code, file]).sort();
    expect(found).toEqual([
      ["A/p0", "NO_PICTURE", at("faulty/A/image/p0.png")],
      ["A/p1", "SIZE_MISMATCH", at("faulty/A/mask/p1.png")],
      ["B/p0", "IMAGE_CORRUPT", at("faulty/B/mask/p0.png")],
      ["B/p1", "IMAGE_CORRUPT", at("faulty/B/image/p1.png")],
      ["B/p2", "MASK_NOT_BINARY", at("faulty/B/mask/p2.png")],
    ]);
    expect(jpeg.problems).toMatchObject([
      { code: "MASK_NOT_BINARY", next: expect.stringContaining("maskThreshold: 0.5") },
    ]);
    expect(deeper.problems).toMatchObject([{ code: "DATASET_EMPTY" }]);
    expect(JSON.stringify(deeper.problems)).toContain("recursive");
    expect(listed).toMatchObject({ problems: [], reused: false, summary: "5 images of 1 domain from list.csv" });
    expect(existsSync(at(listed.page as string))).toBe(true);
  });

  it("names the faulty ids, and without them the document runs, saying what the look said", async () => {
    const args = ["judge.yaml", "--write-exclude", "out.txt", "--out", "pages/judge.html"];
    mkdirSync(at("pages"));
    const { code, stdout } = await workspace.pipe("data", "check", ...args);
    expect(code).toBe(1);
    expect(stdout).toContain("[MASK_NOT_BINARY]");
    expect(stdout).toContain("    faulty/B/mask/p2.png  found 0 (33 %), 1 (33 %), 2 (33 %); expected 0 for normal");
    expect(stdout).toMatch(/^5 problems, \d+ warnings?$/m);
    expect(stdout).toContain("exclude out.txt  5 ids");
    expect(readFileSync(at("out.txt"), "utf8")).toBe(
      "# ids of samples at fault, by pipe data check\nA/p0\nA/p1\nB/p0\nB/p1\nB/p2\n",
    );
    const page = readFileSync(at("pages/judge.html"), "utf8");
    expect(page).toContain("p2.png");
    expect(page.match(/(?:src|href)="(?!data:|#)[^"]*"|url\((?!#)[^)]*\)|@import/g)).toBeNull();

    const run = await workspace.pipe("run", "left-out.yaml");
    expect(run.code, run.stdout + run.stderr).toBe(0);
    const said = "The domain B has 2 images: B/p3, B/p4.";
    expect(run.stdout).toContain(said);
    const again = await workspace.pipe("run", "left-out.yaml");
    expect(again.stdout).toContain("0 run");
    expect(again.stdout).toContain(said);
    const planned = await workspace.pipe("plan", "left-out.yaml");
    expect(planned.stdout).toContain(`data: warning: ${said}`);
    const valid = await workspace.pipe("validate", "left-out.yaml");
    expect(valid.stdout).toContain(`  data: warning: ${said}`);
    const second = await workspace.pipe("data", "check", "left-out.yaml", "--out", "pages/left-out.html");
    expect(second.code, second.stdout).toBe(0);
    expect(second.stdout).toMatch(/^data .*\(looked at before\)$/m);
    expect(second.stdout).toContain("0 problems");
  });
});

it("writes over what a check wrote, and over nothing else", async () => {
  cpSync(at("sound"), at("kept"), { recursive: true });
  const patch = at("kept/A/image/p0.png");
  const before = readFileSync(patch);
  for (const flag of ["--out", "--write-exclude"]) {
    const { code, stderr } = await workspace.pipe("data", "check", "kept", flag, patch);
    expect(code, stderr).toBe(2);
    expect(stderr).toContain("[OUTPUT_EXISTS]");
  }
  expect(readFileSync(patch).equals(before)).toBe(true);
  for (let i = 0; i < 2; i++) {
    const own = await workspace.pipe("data", "check", "kept", "--out", "own.html", "--write-exclude", "own.txt");
    expect(own.code, own.stderr).toBe(0);
  }
});

describe("pipe data check FOLDER", () => {
  it("knows folders of domains, one pair of folders, and the COSAS archive", async () => {
    cpSync(at("sound/A"), at("one"), { recursive: true });
    renameSync(at("one/image"), at("one/images"));
    renameSync(at("one/mask"), at("one/labels"));
    cpSync(at("sound"), at("cosas/task2"), { recursive: true });
    const check = async (folder: string) => {
      const { code, stdout, stderr } = await workspace.pipe("data", "check", folder, "--json");
      expect(code, stderr).toBe(0);
      return (JSON.parse(stdout) as Step[]).map(({ instance, summary }) => `${instance}: ${summary}`);
    };
    expect(await check("sound")).toEqual(["data: 10 images of 2 domains from sound"]);
    expect(await check("one")).toEqual(["data: 5 images of 1 domain from one"]);
    expect(await check("cosas")).toEqual(["data: 10 patches of 2 scanners from cosas"]);
    expect(existsSync(at("data-check.html"))).toBe(true);
  });

  it("of another layout, and a document that is not there, are wrong commands", async () => {
    mkdirSync(at("other/pictures"), { recursive: true });
    const other = await workspace.pipe("data", "check", "other");
    expect(other.code).toBe(2);
    expect(other.stderr).toContain("[LAYOUT_UNKNOWN]");
    expect(other.stderr).toContain("folders pictures");
    expect((await workspace.pipe("data", "check", "none.yaml")).code).toBe(2);
    const picture = await workspace.pipe("data", "check", "sound/A/image/p0.png");
    expect(picture.code).toBe(2);
    expect(picture.stderr).toContain("expected      a pipeline document (YAML), or a folder of images and masks");
  });
});

it.runIf(casesAreHere)("masks of the cases that mean nothing by themselves are refused by name (P03)", async () => {
  for (const file of ["m11-antialiased.png", "m18-red-png.png"]) {
    for (const part of ["image", "mask"]) mkdirSync(at("unclear", part), { recursive: true });
    cpSync(join(cases, "plain-image.png"), at("unclear/image", file));
    cpSync(join(cases, file), at("unclear/mask", file));
  }
  const { code, stdout } = await workspace.pipe("data", "check", "unclear", "--json");
  expect(code).toBe(1);
  const [{ problems }] = JSON.parse(stdout) as Step[];
  expect(problems.map(({ code, file }) => [code, file])).toEqual([
    ["MASK_NOT_BINARY", at("unclear/mask/m11-antialiased.png")],
    ["MASK_NOT_BINARY", at("unclear/mask/m18-red-png.png")],
  ]);
  expect(problems[1].next).toContain('classes: { tumour: "#ff0000" }');
});
