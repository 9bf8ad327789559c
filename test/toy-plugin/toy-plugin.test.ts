import { execFile } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openStore } from "@eosin/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PipeOutcome, runPipe } from "../run-pipe.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../..");
let folder: string;

/** Packs the plugin and what it needs and installs the tarballs in an empty folder, as its users would. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "eosin-toy-"));
  const tarballs = join(folder, "tarballs");
  mkdirSync(tarballs);
  const contract = join(root, "packages/plugin-api");
  const manifest = JSON.parse(readFileSync(join(contract, "package.json"), "utf8"));
  const dependencies = Object.keys(manifest.dependencies).map((name) => {
    // npm cannot pack a package where pnpm keeps it.
    const copy = join(folder, "dependencies", name);
    cpSync(realpathSync(join(contract, "node_modules", name)), copy, { recursive: true });
    return copy;
  });
  for (const each of [here, contract, ...dependencies]) {
    await npm(["pack", each, "--pack-destination", tarballs, "--ignore-scripts"]);
  }
  const packed = readdirSync(tarballs).map((name) => join(tarballs, name));
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  await npm(["install", ...packed, "--offline", "--ignore-scripts", "--no-audit", "--no-fund"]);
  copyFileSync(join(here, "pipeline.yaml"), join(folder, "pipeline.yaml"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function npm(args: readonly string[]): Promise<void> {
  await promisify(execFile)("npm", args, { cwd: folder, shell: process.platform === "win32" });
}

function pipe(...args: readonly string[]): Promise<PipeOutcome> {
  return runPipe(args, { cwd: folder });
}

describe("an external plugin, installed from a tarball in an empty folder", () => {
  it("has its own copies of zod and of the contract", () => {
    for (const name of ["zod", "@eosin/plugin-api", "@example/toy-plugin"]) {
      expect(lstatSync(join(folder, "node_modules", name)).isSymbolicLink()).toBe(false);
    }
  });

  it("runs in a pipeline there, and its figures are stored", async () => {
    const { code, stdout, stderr } = await pipe("run", "pipeline.yaml");
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/1 run, 0 reused/);
    const store = await openStore(join(folder, ".eosin/store"));
    const [{ value }] = await store.history("judge");
    const { figure } = value as { figure: number };
    // The disc is found, not perfectly: the augmenter and the metric did their work.
    expect(figure).toBeGreaterThan(0.8);
    expect(figure).toBeLessThan(1);
  });

  it("is reused while nothing changes", async () => {
    expect((await pipe("run", "pipeline.yaml")).stdout).toMatch(/0 run, 1 reused/);
  });

  it("runs again when an option of its part changes, or a line of its code", async () => {
    expect((await pipe("run", "pipeline.yaml", "--set", "params.by=0.9")).stdout).toMatch(/1 run, 0 reused/);
    const file = join(folder, "node_modules/@example/toy-plugin/src/brightness.js");
    const source = readFileSync(file, "utf8");
    writeFileSync(file, source.replace("1 - options.by", "1 - options.by / 2"));
    expect((await pipe("run", "pipeline.yaml")).stdout).toMatch(/1 run, 0 reused/);
    writeFileSync(file, source);
    expect((await pipe("run", "pipeline.yaml")).stdout).toMatch(/0 run, 1 reused/);
  });

  it("has its options checked, although its schemas are of another copy of zod", async () => {
    const wrong = await pipe("validate", "pipeline.yaml", "--set", "params.by=much");
    expect(wrong.code).toBe(2);
    expect(wrong.stdout + wrong.stderr).toMatch(/number/);
    const text = readFileSync(join(here, "pipeline.yaml"), "utf8");
    writeFileSync(join(folder, "typo.yaml"), text.replace("with: { by:", "with: { bye:"));
    const typo = await pipe("validate", "typo.yaml");
    expect(typo.code).toBe(2);
    expect(typo.stdout + typo.stderr).toMatch(/typo\.yaml:9:\d+[\s\S]*did you mean\s+by/);
  });

  it("is refused where its version is outside the document's range, naming both", async () => {
    const text = readFileSync(join(here, "pipeline.yaml"), "utf8");
    writeFileSync(join(folder, "range.yaml"), text.replace("^1.0.0", "^2.0.0"));
    const { code, stderr } = await pipe("run", "range.yaml");
    expect(code).toBe(2);
    expect(stderr).toMatch(/range\.yaml:2:\d+/);
    expect(stderr).toContain("@example/toy-plugin ^2.0.0");
    expect(stderr).toContain("@example/toy-plugin 1.0.0");
    expect(stderr).toContain('npm install "@example/toy-plugin@^2.0.0"');
  });

  it("brings a command, which help lists and a call runs", async () => {
    const help = await pipe("--help");
    expect(help.stdout).toMatch(/Commands of @example\/toy-plugin:\n {2}judge +Judges a prediction that is typed in\n/);
    const own = await pipe("judge", "--help");
    expect(own.stdout).toContain("Usage: pipe judge [options] <metrics...>\n\nJudges a prediction that is typed in\n");
    expect(own.stdout).toMatch(/-p, --predicted <pixels> +the prediction, likewise \(default: "1"\)/);
    const metrics = ["toy/balanced-accuracy", "metrics/dice"];
    const judged = await pipe("judge", ...metrics, "-t", "0011", "--predicted", "0111", "--json");
    expect(judged).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(judged.stdout)).toEqual({ "toy/balanced-accuracy": 0.75, "metrics/dice": 0.8 });
    const rounded = await pipe("judge", "metrics/dice", "-t", "001", "-p", "011", "--round", "3");
    expect(rounded).toMatchObject({ code: 0, stdout: "metrics/dice  0.667\n" });
  });

  it("says what is wrong with a call of its command as pipe's own do", async () => {
    const refusals = {
      "judge metrics/dice": "required option '-t, --truth <pixels>' not specified",
      "judge metrics/dice -t 01x": "argument '01x' is invalid. Expected zeros and ones, a digit a pixel.",
      "judge metrics/dice -t 01 --treshold 1": "unknown option '--treshold'",
      "judge -t 01": "missing required argument 'metrics'",
      jugde: "unknown command 'jugde'\n(Did you mean judge?)",
      "judge metrics/dyce -t 0": "did you mean  metrics/dice",
      "judge metrics/dice -t 01": "expected      2 pixels",
    };
    for (const [call, what] of Object.entries(refusals)) {
      const { code, stderr } = await pipe(...call.split(" "));
      expect(stderr, call).toContain(what);
      expect(code, call).toBe(2);
    }
  });
});
