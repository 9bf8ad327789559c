import { mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { planDocument, planText } from "../fixtures/plan-document.js";
import { rendered, writeFiles } from "../fixtures/write-document.js";
import { absolutePath } from "./absolute-path.js";
import { loadDocument } from "./load-document.js";

const place = { file: "/p.yaml", line: 1, column: 1 };
afterEach(() => vi.unstubAllEnvs());

test.each([
  ["~", homedir()],
  ["~/data", path.join(homedir(), "data")],
  ["$HOME", homedir()],
  ["$HOME/a b/c", path.join(homedir(), "a b/c")],
  ["${HOME}/data", path.join(homedir(), "data")],
  ["data", "/folder/data"],
  ["../data", "/data"],
  ["a/~/b", "/folder/a/~/b"],
  ["~other/data", "/folder/~other/data"],
  ["a~", "/folder/a~"],
  ["price $5", "/folder/price $5"],
  ["/abs", "/abs"],
])("%s is %s", (written, expected) => {
  expect(absolutePath(written, "/folder", place)).toBe(expected);
});

test.each([
  ["$DATA/task2", "DATA", "${env.DATA}/task2"],
  ["/mnt/$USER/data", "USER", "/mnt/${env.USER}/data"],
  ["${DATA}/x", "DATA", "${env.DATA}/x"],
])("%s names the variable as a document takes it", (written, name, didYouMean) => {
  expect(() => absolutePath(written, "/folder", place)).toThrow(
    expect.objectContaining({ code: "PATH_VARIABLE", place, expected: `\${env.${name}}`, found: written, didYouMean }),
  );
});

test("a file of that very name is meant where there is one", () => {
  const folder = writeFiles({});
  mkdirSync(path.join(folder, "~"));
  writeFileSync(path.join(folder, "$DATA"), "");
  expect(absolutePath("~", folder, place)).toBe(path.join(folder, "~"));
  expect(absolutePath("$DATA", folder, place)).toBe(path.join(folder, "$DATA"));
});

describe("in a document and in --set", () => {
  const home = writeFiles({ "weights.bin": "weights" });
  const text = (weights: string) => `name: a\nsteps:\n  t: { uses: toy/train, with: { weights: ${weights} } }\n`;

  test.each(["~/weights.bin", "$HOME/weights.bin", '"${HOME}/weights.bin"', '"${env.HOME}/weights.bin"'])(
    "%s is the file",
    async (weights) => {
      vi.stubEnv("HOME", home);
      const env = { HOME: home };
      expect((await planText(text(weights), { env })).instances[0].options.weights).toBe(
        path.join(home, "weights.bin"),
      );
      const document = await loadDocument(path.join(writeFiles({ "p.yaml": text("none.bin") }), "p.yaml"), {
        set: [`steps.t.with.weights=${weights}`],
      });
      const plan = await planDocument(document, { env });
      expect(plan.instances[0].options.weights).toBe(path.join(home, "weights.bin"));
    },
  );

  test("another variable is one error", async () => {
    const error = await rendered(planText(text("$DATA/w.bin")));
    expect(error).toMatch(/^error .* \[PATH_VARIABLE\]\n {2}at pipeline\.yaml:3:42\n/);
    expect(error.match(/^error/gm)).toHaveLength(1);
    const braces = await rendered(planText(text('"${DATA}/w.bin"')));
    expect(braces).toContain("did you mean  ${env.DATA}");
    expect(braces.match(/^error/gm)).toHaveLength(1);
  });
});
