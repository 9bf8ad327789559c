import { cpSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePair } from "../../packages/plugins-data/src/testing/picture-folder.test-support.js";
import { createWorkspace } from "../fixtures/workspace.js";

const workspace = createWorkspace();
const steps = (data: string, fold: string) => `name: own
plugins: { "@eosin/engine": "*", "@eosin/plugins-data": "*", "@eosin/plugins-model": "*", "@eosin/plugins-metrics": "*" }
engine: wasm
steps:
  data: ${data}
  fold: ${fold}
  all: { uses: model/baseline-all-foreground, each: { fold: "\${steps.fold}" }, with: { split: "\${each.fold}", size: 16 } }
  report: { uses: metrics/segmentation-report, with: { predictions: "\${steps.all}" } }
`;
const dataset = 'dataset: "${steps.data}"';

beforeAll(async () => {
  for (const [d, domain] of ["東京", "大阪"].entries()) {
    for (let i = 0; i < 4; i++) {
      const file = (part: string) => join(workspace.folder, "patches", domain, part, `P${i >> 1}_${i}.png`);
      await writePair(file("image"), file("mask"), 16, 12, 10 * d + i);
    }
  }
});
afterAll(() => workspace.remove());

describe("own data", () => {
  it("of domains in any script has a fold each, and a log each (F32)", async () => {
    const document = steps(
      "{ uses: data/image-mask-folders, with: { root: ./patches } }",
      `{ uses: data/leave-one-domain-out, with: { ${dataset} } }`,
    );
    workspace.write("scripts.yaml", document);
    const { code, stdout, stderr } = await workspace.pipe("run", "scripts.yaml");
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("all[東京]: done");
    const [run] = workspace.runs();
    const logs = readdirSync(join(run, "logs")).map((name) => name.normalize("NFC"));
    expect(logs.sort()).toEqual(
      ["all[大阪].log", "all[東京].log", "data.look.log", "fold.look.log", "report.log"].sort(),
    );
  });

  it("says what it passed over and what is on two sides (F24, F53)", async () => {
    cpSync(join(workspace.folder, "patches"), join(workspace.folder, "twice"), { recursive: true });
    for (const part of ["image", "mask"]) {
      const folder = join(workspace.folder, "twice/東京", part);
      for (const i of [0, 1, 2, 3]) cpSync(join(folder, `P${i >> 1}_${i}.png`), join(folder, `copy_${i}.png`));
      writeFileSync(join(folder, "notes.txt"), "");
      writeFileSync(join(folder, "._P0_0.png"), "");
    }
    const document = steps(
      "{ uses: data/image-mask-folders, with: { root: ./twice } }",
      `{ uses: data/stratified-kfold, with: { ${dataset}, k: 4 } }`,
    );
    workspace.write("twice.yaml", document);
    const { code, stdout, stderr } = await workspace.pipe("plan", "twice.yaml");
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("12 images of 2 domains");
    expect(stdout).toContain("1 file passed over in 東京/image: .txt is not a picture's ending (notes.txt)");
    expect(stderr).toMatch(/^warning: \d pairs? of samples with the same files are on two sides of fold-\d/);
    workspace.write("out.txt", "\ufeff東京/copy_0\r\n東京/copy_1\r\n東京/copy_2\r\n東京/copy_3\r\n");
    const left = await workspace.pipe("plan", "twice.yaml", "--set", "steps.data.with.excludeFile=out.txt");
    expect(left.stderr).toBe("");
    expect(left.stdout).toContain("8 images of 2 domains");
  });

  it("is read from a table, and split by its columns, from the folder of the document that says so", async () => {
    const lines = ["東京", "大阪"].flatMap((domain) =>
      [0, 1, 2, 3].map((i) => {
        const file = `P${i >> 1}_${i}.png`;
        return `${domain}/image/${file};${domain}/mask/${file};${domain};${domain}-P${i >> 1};${i < 2 ? "train" : "test"}`;
      }),
    );
    workspace.write("patches/list.csv", `\ufeff${["Image;Mask;Domain;patient;split", ...lines].join("\r\n")}\r\n`);
    const document = steps(
      "{ uses: data/table, with: { file: ./patches/list.csv } }",
      `{ uses: data/split-column, with: { ${dataset}, validationShare: 0.5, groupBy: patient } }`,
    );
    workspace.write("table.yaml", document);
    workspace.write("inner/table.yaml", "extends: ../table.yaml\nname: inner\n");
    const { code, stdout, stderr } = await workspace.pipe("plan", "inner/table.yaml");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toContain("8 images of 2 domains from list.csv");
    workspace.write(
      "patches/list.csv",
      `image;mask\n${lines[0].split(";").slice(0, 2).join(";")}\nnone.png;none.png\n`,
    );
    const faulty = await workspace.pipe("plan", "table.yaml");
    expect(faulty.code).toBe(2);
    expect(faulty.stderr).toContain("[FILE_MISSING]");
    expect(faulty.stderr).toContain("patches/list.csv:3:1");
  });
});
