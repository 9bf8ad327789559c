import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { runPipe } from "../run-pipe.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const begin = "<!-- From here on written by `pipe plugin reference`. -->\n";

it("docs/components.md is what the schemas say (node scripts/component-reference.mjs writes it again)", async () => {
  const page = await readFile(`${root}docs/components.md`, "utf8");
  const { code, stdout } = await runPipe(["plugin", "reference"], { cwd: root });
  expect(code).toBe(0);
  expect(page.slice(page.indexOf(begin) + begin.length).trim()).toBe(stdout.trim());
});

it("says of every option what it means", async () => {
  const page = await readFile(`${root}docs/components.md`, "utf8");
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  expect(rows.length).toBeGreaterThan(200);
  expect(rows.filter((row) => row.endsWith("|  |"))).toEqual([]);
});

it("docs/author-a-plugin.md shows the augmenter that pipe plugin new writes", async () => {
  const page = await readFile(`${root}docs/author-a-plugin.md`, "utf8");
  const written = await readFile(`${root}packages/cli/templates/augmenter/src/augmenter.ts`, "utf8");
  expect(/```ts\n([\s\S]*?)```/.exec(page)?.[1]).toBe(written);
});
