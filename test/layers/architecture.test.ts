import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

interface Rule {
  readonly name: string;
  readonly from: { readonly path?: string };
}

it("ARCHITECTURE.md shows the floors that .dependency-cruiser.cjs holds", () => {
  const { forbidden } = createRequire(import.meta.url)(`${root}.dependency-cruiser.cjs`) as { forbidden: Rule[] };
  const held = forbidden.flatMap(({ name, from }) => {
    const [, floor, owner] = /^floor-(\d+)-of-(.+)$/.exec(name) ?? [];
    if (floor === undefined) return [];
    const folders = /\/src\/\(([^)]+)\)\//.exec(from.path ?? "")![1].split("|");
    return [`| \`${owner}\` | ${floor} | ${folders.map((each) => `\`${each}\``).join(", ")} |`];
  });
  expect(held.length).toBeGreaterThan(20);
  const page = readFileSync(`${root}ARCHITECTURE.md`, "utf8");
  const shown = page.split("\n").filter((line) => /^\| `[\w-]+` \| \d+ \| /.test(line));
  expect(shown).toEqual(held);
});
