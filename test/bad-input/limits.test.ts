import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectOneError } from "../fixtures/expect-one-error.js";
import { createWorkspace, readJson, type Workspace } from "../fixtures/workspace.js";

let workspace: Workspace;
beforeAll(() => {
  workspace = createWorkspace();
});
afterAll(() => workspace.remove());

const head = 'name: large\nplugins: { "@eosin/plugins-data": "*" }\n';
const data = (perScanner: string) =>
  `  data: { uses: data/synthetic, with: { scanners: 1, perScanner: ${perScanner}, size: 32 } }\n`;
const folds = '  folds: { uses: data/stratified-kfold, with: { dataset: "${steps.data}", k: 5 } }\n';

describe("what grows without end is refused, and raised by --limit", () => {
  it("a data set that is made up", async () => {
    workspace.write("data.yaml", `${head}steps:\n${data("1000000")}`);
    expectOneError(await workspace.pipe("plan", "data.yaml"), {
      exit: 2,
      code: "LIMIT_EXCEEDED",
      at: "data.yaml:4:3",
      says: ["expected      at most 200000 samples", "found         1000000 samples", "--limit samples=1000000"],
    });
  });

  it.each(["validate", "plan", "run"])("references, for pipe %s", async (command) => {
    const params = ["p0: [1, 2, 3, 4, 5, 6, 7, 8, 9]"];
    for (let i = 1; i < 10; i++)
      params.push(
        `p${i}: [${Array(9)
          .fill(`"\${params.p${i - 1}}"`)
          .join(", ")}]`,
      );
    workspace.write("references.yaml", `${head}params:\n  ${params.join("\n  ")}\nsteps:\n${data('"${params.p9}"')}`);
    expectOneError(await workspace.pipe(command, "references.yaml"), {
      exit: 2,
      code: "LIMIT_EXCEEDED",
      at: /^references\.yaml:\d+:7$/,
      says: ["expected      at most 1000000 values", "--limit values="],
    });
  });

  it("axes, whose limit a flag sets", async () => {
    const axes = ["a", "b", "c", "d", "e"].map((axis) => `${axis}: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]`).join(", ");
    workspace.write("axes.yaml", `${head}steps:\n${data("1").replace(/ }\n$/, `, matrix: { ${axes} } }\n`)}`);
    const refusal = { exit: 2, code: "LIMIT_EXCEEDED", at: /^axes\.yaml:4:/ } as const;
    const says = ["expected      at most 10000 instances", "found         100000 instances"];
    expectOneError(await workspace.pipe("validate", "axes.yaml"), { ...refusal, says });
    const fewerAxes = "steps.data.matrix={a: [0, 1, 2], b: null, c: null, d: null, e: null}";
    const fewer = ["--set", fewerAxes];
    expect(await workspace.pipe("validate", "axes.yaml", ...fewer)).toMatchObject({ code: 0 });
    expectOneError(await workspace.pipe("validate", "axes.yaml", ...fewer, "--limit", "instances=2"), {
      ...refusal,
      at: `--set ${fewerAxes}`,
      says: ["expected      at most 2 instances", "found         3 instances"],
    });
    expectOneError(await workspace.pipe("plan", "axes.yaml", "--limit", "instanses=2"), {
      exit: 2,
      code: "BAD_FLAG",
      at: "--limit instanses=2",
      says: ["did you mean  instances"],
    });
  });
});

it("100 000 samples in five folds are planned, and the plan holds them once", async () => {
  workspace.write("many.yaml", `${head}steps:\n${data("100000")}${folds}`);
  const { code, stdout, stderr } = await workspace.pipe("plan", "many.yaml", "--json");
  expect(code, stderr).toBe(0);
  expect(stdout.length).toBeLessThan(120_000_000);
});

it("a run that was asked for with a limit is repeated with it", async () => {
  workspace.write("limited.yaml", `${head}steps:\n${data("20")}`);
  const limited = ["--limit", "samples=30"];
  expect(await workspace.pipe("run", "limited.yaml", ...limited)).toMatchObject({ code: 0 });
  const [folder] = workspace.runs();
  expect(readJson(folder, "demand.json")).toMatchObject({ limit: ["samples=30"] });
  expect(await workspace.pipe("rerun", folder)).toMatchObject({ code: 0 });
  expect(readJson(workspace.runs()[1], "demand.json")).toMatchObject({ limit: ["samples=30"] });
});
