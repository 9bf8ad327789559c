import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smallJob } from "../fixtures/small-job.js";
import { runPipe } from "../run-pipe.js";
import { codeBlocks } from "./code-blocks.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const cosasMini = fileURLToPath(new URL("../../../shared/cosas-mini", import.meta.url));
const docs = (await readdir(join(root, "docs"))).sort();
const pages = ["README.md", ...docs.filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`)];

let workspace: string;

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), "eosin-docs-"));
  await mkdir(join(workspace, "docs"));
  for (const name of ["pipelines", "node_modules"]) await symlink(join(root, name), join(workspace, name));
  await cp(join(root, "docs/stains"), join(workspace, "docs/stains"), { recursive: true });
});
afterAll(() => rm(workspace, { recursive: true }));

/** What a sweep of the pages has as its points here: three are a curve. */
const fewPoints = ["train", "evaluate"].flatMap((step) => ["--set", `steps.${step}.matrix.alpha=[0, 0.3, 1]`]);

/** Runs, once, the documents whose names a command gives instead of a run, each at seconds instead of minutes. */
async function runNamed(args: readonly string[]): Promise<void> {
  const runs = await readdir(join(workspace, ".eosin/runs")).catch(() => []);
  for (const name of args) {
    const file = `pipelines/${name}.yaml`;
    if (!existsSync(join(root, file)) || runs.some((run) => run.endsWith(`-${name}`))) continue;
    const more = name.endsWith("-sweep") ? fewPoints : [];
    const { code, stderr } = await runPipe(["run", file, ...smallJob, ...more], { cwd: workspace });
    expect(code, stderr).toBe(0);
  }
}

/** Every example of the README and the docs does what the page says, on a store of its own. */
describe.each(pages)("%s", async (page) => {
  const blocks = codeBlocks(await readFile(join(root, page), "utf8"));

  it("saves its files, and its documents are valid", async () => {
    for (const [index, { language, text, fileName }] of blocks.entries()) {
      if (language === "sh") continue;
      const file = join(workspace, dirname(page), fileName ?? `example-${index}.yaml`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      if (language !== "yaml") continue;
      const { code, stdout, stderr } = await runPipe(["validate", file], { cwd: workspace });
      expect(stderr).toBe("");
      expect(stdout).toContain("valid");
      expect(code).toBe(0);
    }
  });

  it("shows pictures that are there", async () => {
    const text = await readFile(join(root, page), "utf8");
    for (const [, picture] of text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) {
      expect(existsSync(join(root, dirname(page), picture)), picture).toBe(true);
    }
  });

  const commands = blocks.filter((block) => block.language === "sh").flatMap((block) => block.text.trim().split("\n"));
  for (const command of commands) {
    if (command === "npm test") continue; // what runs this
    const [, root = "", words] = /^(?:COSAS_ROOT=(\S+) )?\.\/pipe (.*)$/.exec(command) ?? [];
    it.skipIf(root !== "" && !existsSync(cosasMini))(
      `$ ${command}`,
      async () => {
        expect(words, `a command of ./pipe: ${command}`).toBeDefined();
        // Training is what test/demo does; here the same command says what it would run.
        const args = [...words.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word);
        if (args[0] === "run") args.push("--dry-run");
        if (args[0] === "compare" || args[0] === "rerun") await runNamed(args.slice(1));
        const { code, stdout, stderr } = await runPipe(args, {
          cwd: workspace,
          env: { COSAS_ROOT: root && cosasMini },
        });
        expect(stderr.replaceAll(/^image \d+\/\d+\n/gm, "")).toBe("");
        expect(stdout.length).toBeGreaterThan(20);
        expect(code).toBe(0);
      },
      400_000,
    );
  }
});
