import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeFolderPlugin } from "../fixtures/folder-plugin.js";
import { createWorkspace, readJson, type Workspace } from "../fixtures/workspace.js";

const token = "hf_Zm9vYmFyYmF6";

/** It tells its token wherever it can, and proves that it had the right one by its length. */
const plugin = `
const options = z.strictObject({ token: z.string().regex(/^hf_/), url: z.url(), fail: z.boolean().default(false) });
const dataset = { $eosin: "component", kind: "dataset", type: "telltale/data", summary: "Lists.", options: z.strictObject({ token: z.string() }),
  create: ({ options }) => ({
    async plan() { return { value: { summary: "by " + options.token, token: options.token }, identity: [options.token] }; },
    async read() { throw new Error("none"); },
  }),
};
const step = { $eosin: "component", kind: "step", type: "telltale/step", summary: "Tells.", produces: { name: "thing", schema: z.unknown() },
  options: options.extend({ data: z.any() }),
  create: ({ options, log }) => ({
    async run({ output, open, progress }) {
      const { value } = await open(options.data);
      console.log("printed", options.token);
      log.info("logged " + options.token);
      log.warn("asks " + options.url);
      progress({ unit: "item", current: 1, message: options.token });
      await output.write("note.txt", "note " + options.token);
      await output.write("note.json", JSON.stringify({ url: encodeURIComponent(options.url) }));
      if (options.fail) throw new Error("401 for " + options.url);
      return { token: options.token, length: options.token.length, planned: value.token === options.token };
    },
  }),
};
const report = { $eosin: "component", kind: "reporter", type: "telltale/report", summary: "Reports.", produces: { name: "report", schema: z.unknown() },
  options: z.strictObject({ thing: z.any(), title: z.string() }),
  create: ({ options }) => ({
    async run({ output, open, provenance }) {
      const { value } = await open(options.thing);
      await output.write("results.json", JSON.stringify({ value, title: options.title, provenance }));
      return { open: "results.json", rows: [] };
    },
  }),
};
export default definePlugin({ name: "telltale", components: [dataset, step, report] });
`;

const document = `name: secret
plugins: { "./telltale": "*" }
params: { token: "\${env.HF_TOKEN}" }
steps:
  data: { uses: telltale/data, with: { token: "\${env.HF_TOKEN}" } }
  ask: { uses: telltale/step, with: { data: "\${steps.data}", token: "\${params.token}", url: "https://me:\${env.HF_TOKEN}@host/" } }
  report: { uses: telltale/report, with: { thing: "\${steps.ask}", title: "\${env.HF_TOKEN}" } }
`;

let workspace: Workspace;
beforeAll(() => {
  workspace = createWorkspace();
  writeFolderPlugin(workspace, "telltale", plugin);
  workspace.write("secret.yaml", document);
});
afterAll(() => workspace.remove());

const pipe = (...args: readonly string[]) => workspace.pipeWith({ HF_TOKEN: token }, ...args);

function filesWith(text: string): readonly string[] {
  const folder = join(workspace.folder, ".eosin");
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => {
    const file = join(folder, name);
    return statSync(file).isFile() && readFileSync(file).includes(text);
  });
}

it("a token is used, and is nowhere", async () => {
  const run = await pipe("run", "secret.yaml");
  expect(run, run.stdout + run.stderr).toMatchObject({ code: 0 });
  const shown = [run];
  for (const args of [
    ["plan"],
    ["plan", "--json"],
    ["plan", "--origin"],
    ["explain", "ask"],
    ["graph"],
    ["validate"],
  ]) {
    shown.push(await pipe(args[0], "secret.yaml", ...args.slice(1)));
  }
  shown.push(await pipe("run", "secret.yaml", "--json", "--fresh"));
  expect(shown.map(({ code }) => code)).toEqual(shown.map(() => 0));
  expect(JSON.stringify(shown)).not.toContain(token);
  expect(filesWith(token)).toEqual([]);
  expect(filesWith("${env.HF_TOKEN}").length).toBeGreaterThan(5);
  const [folder] = workspace.runs();
  expect(readJson(folder, "report", "results.json")).toMatchObject({
    value: { token: "${env.HF_TOKEN}", length: token.length, planned: true },
    provenance: { params: { token: "${env.HF_TOKEN}" } },
  });
  expect(readJson(folder, "demand.json")).toMatchObject({ env: {}, secrets: ["HF_TOKEN"] });
});

it("a failure does not tell it either", async () => {
  const failed = await pipe("run", "secret.yaml", "--set", "steps.ask.with.fail=true");
  expect(failed.code).toBe(1);
  expect(failed.stdout).toContain("401 for https://me:${env.HF_TOKEN}@host/");
  const wrong = await workspace.pipeWith({ HF_TOKEN: `no-${token}` }, "plan", "secret.yaml");
  expect(wrong.stderr).toContain("the value of ${env.HF_TOKEN}, which is secret");
  expect(JSON.stringify([failed, wrong])).not.toContain(token);
  expect(filesWith(token)).toEqual([]);
});

it("another value computes nothing again", async () => {
  const { stdout } = await workspace.pipeWith({ HF_TOKEN: "hf_another_token" }, "run", "secret.yaml");
  expect(stdout).toContain("0 run, 2 reused");
});

it("a run is repeated, and an instance executed, with the token of the environment", async () => {
  const [folder] = workspace.runs();
  const repeated = await pipe("rerun", folder, "--fresh");
  expect(repeated, repeated.stderr).toMatchObject({ code: 0 });
  const given = await workspace.pipe("rerun", folder, "--fresh", "--env", `HF_TOKEN=${token}`);
  expect(given, given.stderr).toMatchObject({ code: 0 });
  expect(filesWith(token)).toEqual([]);
  const lacking = await workspace.pipe("rerun", folder);
  expect(lacking.code).toBe(2);
  expect(lacking.stderr).toContain("[VARIABLE_NOT_SET]");
  const plan = join(folder, "plan.json");
  expect(await pipe("exec", plan, "ask", "--fresh")).toMatchObject({ code: 0 });
  const executed = await workspace.pipe("exec", plan, "ask", "--fresh");
  expect(executed).toMatchObject({ code: 1, stderr: expect.stringContaining("VARIABLE_NOT_SET") });
  expect(filesWith(token)).toEqual([]);
});
