import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Pages that tell contributors where things are. */
const pages = ["ARCHITECTURE.md"];

/** e.g. `packages/core/src`; `<name>` and `*` stand for any name, and a name may be part of one: `plugins-*`. */
const placeShape = /^(?:[\w.@*<>-]+\/)+(?:[\w.@*<>-]+)?$|^\.?[\w-]+\.(?:md|cjs|cff|ts|json|yaml)$/;

/** What only tells a form, not a place of the repository. */
const forms = new Set(["options.ts", "definition.ts", "test-support.ts"]);

function placesOf(markdown: string): string[] {
  const text = markdown.replaceAll(/```[\s\S]*?```/g, "");
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map(([, each]) => each.replace(/^\.\//, ""));
  const known = new Set(readdirSync(root));
  return quoted.filter((each) => placeShape.test(each) && !forms.has(each) && known.has(each.split("/")[0]));
}

/** Whether something is there by that name, segment by segment. */
function exists(segments: readonly string[], folder = root): boolean {
  const [first, ...rest] = segments;
  if (first === undefined || first === "") return true;
  if (!/[*<]/.test(first)) return existsSync(join(folder, first)) && exists(rest, join(folder, first));
  const name = new RegExp(`^${first.replaceAll(".", "\\.").replaceAll(/\*|<[^>]+>/g, ".+")}$`);
  return readdirSync(folder).some((each) => name.test(each) && exists(rest, join(folder, each)));
}

describe.each(pages)("%s", (page) => {
  const text = readFileSync(join(root, page), "utf8");

  it("names places that are there", () => {
    const places = placesOf(text);
    expect(places.length).toBeGreaterThan(20);
    expect(places.filter((each) => !exists(each.split("/")))).toEqual([]);
  });

  it("links to pages that are there", () => {
    const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link]) => link);
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });
});
