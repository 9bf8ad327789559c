import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Pages that tell contributors where things are. */
const pages = ["ARCHITECTURE.md", "CONTRIBUTING.md"];

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

const everything = listed("").map((each) => each.slice(1));

/** Files and folders, without what is built or installed. */
function listed(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !["node_modules", "dist", ".git", ".eosin", ".turbo"].includes(name))
    .flatMap((each) => {
      const path = `${folder}/${each.name}`;
      return each.isDirectory() ? [path, ...listed(path)] : [path];
    });
}

/** Whether something is there by that name; the same `<name>` stands for the same in all of it. */
function exists(place: string): boolean {
  const seen = new Set<string>();
  const source = place
    .replace(/\/$/, "")
    .replaceAll(".", "\\.")
    .replaceAll("*", "[^/]+")
    .replaceAll(/<([a-z]+)>/g, (_, name: string) => {
      if (seen.has(name)) return `\\k<${name}>`;
      seen.add(name);
      return `(?<${name}>[^/]+)`;
    });
  const shape = new RegExp(`^${source}$`);
  return everything.some((each) => shape.test(each));
}

it.each(["README.md", "CONTRIBUTING.md"])("%s links to what a stranger looks for", (page) => {
  const text = readFileSync(join(root, page), "utf8");
  for (const wanted of ["SECURITY.md", "CITATION.cff", "ARCHITECTURE.md"]) expect(text).toContain(`](${wanted})`);
});

describe.each(pages)("%s", (page) => {
  const text = readFileSync(join(root, page), "utf8");

  it("names places that are there", () => {
    const places = placesOf(text);
    expect(places.length).toBeGreaterThan(20);
    expect(places.filter((each) => !exists(each))).toEqual([]);
  });

  it("links to pages that are there", () => {
    const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link]) => link);
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });
});
