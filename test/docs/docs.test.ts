import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { npm } from "../author/new-plugin.js";
import { isHere } from "../fixtures/required.js";
import { smallJob } from "../fixtures/small-job.js";
import { runPipe } from "../run-pipe.js";
import { codeBlocks } from "./code-blocks.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const cosasMini = fileURLToPath(new URL("../../../shared/cosas-mini", import.meta.url));
const hasPatches = isHere("golden", existsSync(cosasMini), "../shared/cosas-mini");
const docs = (await readdir(join(root, "docs"))).sort();
const pages = ["README.md", ...docs.filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`)];

let workspace: string;

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), "eosin-docs-"));
  await mkdir(join(workspace, "docs"));
  // As in a clone: what is in it is of one project.
  await writeFile(join(workspace, "package.json"), "{}");
  for (const name of ["pipelines", "node_modules"]) await symlink(join(root, name), join(workspace, name));
  await cp(join(root, "docs/stains"), join(workspace, "docs/stains"), { recursive: true });
});
afterAll(() => rm(workspace, { recursive: true }));

/** Runs, once, the documents whose names a command gives instead of a run, each at seconds instead of minutes. */
async function runNamed(args: readonly string[]): Promise<void> {
  const runs = await readdir(join(workspace, ".eosin/runs")).catch(() => []);
  for (const name of args) {
    const file = `pipelines/${name}.yaml`;
    if (!existsSync(join(root, file)) || runs.some((run) => run.endsWith(`-${name}`))) continue;
    const points = name.endsWith("-sweep") ? ["--set", "params.alphas=[0, 0.3, 1]"] : []; // three are a curve
    const { code, stderr } = await runPipe(["run", file, ...smallJob, ...points], { cwd: workspace });
    expect(code, stderr).toBe(0);
  }
}

/** Every example of the README and the docs does what the page says, in the page's order, on a store of its own. */
describe.each(pages)("%s", async (page) => {
  const blocks = codeBlocks(await readFile(join(root, page), "utf8"));
  let folder = "";

  for (const [index, { language, text, fileName }] of blocks.entries()) {
    if (language === "sh") {
      for (const command of text.trim().split("\n")) checkCommand(command);
    } else {
      it(`saves ${fileName ?? `example ${index}`}${language === "yaml" ? ", which is valid" : ""}`, async () => {
        // A document with a folder in its name is there in the clone, where the page's commands are typed.
        const place = language === "yaml" && fileName?.includes("/") ? "." : dirname(page);
        const file = join(workspace, place, fileName ?? `example-${index}.yaml`);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, text);
        if (language !== "yaml") return;
        const { code, stdout, stderr } = await runPipe(["validate", file], { cwd: workspace });
        expect(stderr).toBe("");
        expect(stdout).toContain("valid");
        expect(code).toBe(0);
      });
    }
  }

  it("shows pictures that are there", async () => {
    const text = await readFile(join(root, page), "utf8");
    for (const [, picture] of text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) {
      expect(existsSync(join(root, dirname(page), picture)), picture).toBe(true);
    }
  });

  function checkCommand(command: string): void {
    if (command === "npm test" && page === "README.md") return; // what runs this
    if (command.startsWith("cd ")) {
      it(`$ ${command}`, () => {
        folder = join(folder, command.slice(3));
        expect(existsSync(join(workspace, folder)), folder).toBe(true);
      });
      return;
    }
    if (command.startsWith("npm ")) {
      it(`$ ${command}`, async () => {
        // Training is what test/demo does; here the same command says what it would run.
        const args = command === "npm start" ? ["start", "--", "--dry-run"] : command.split(" ").slice(1);
        const { code, output } = await npm(args, join(workspace, folder));
        expect(code, output).toBe(0);
      });
      return;
    }
    const [, root = "", words] = /^(?:COSAS_ROOT=(\S+) )?(?:\.\/|npx )pipe (.*)$/.exec(command) ?? [];
    const run = async () => {
      expect(words, `a command of ./pipe: ${command}`).toBeDefined();
      const args = [...words.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word);
      if (args[0] === "run") args.push("--dry-run");
      if (["compare", "diff", "rerun"].includes(args[0])) await runNamed(args.slice(1));
      const cwd = join(workspace, folder);
      const { code, stdout, stderr } = await runPipe(args, { cwd, env: { COSAS_ROOT: root && cosasMini } });
      expect(stderr.replaceAll(/^image \d+\/\d+\n/gm, "")).toBe("");
      expect(stdout.length).toBeGreaterThan(20);
      expect(code).toBe(0);
    };
    it.skipIf(root !== "" && !hasPatches)(`$ ${command}`, run, 400_000);
  }
});
