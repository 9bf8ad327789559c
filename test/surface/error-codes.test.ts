import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { errorCodes } from "../../scripts/error-codes.mjs";
import { errorPage } from "../../scripts/error-page.mjs";
import { thrownCodes } from "./thrown-codes.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const packages = join(root, "packages");
const entries = errorCodes.flatMap(({ codes }) => Object.entries(codes));

/** What is shipped, by path below `packages`. */
function productSources(): Map<string, string> {
  const files = readdirSync(packages).flatMap((name) =>
    readdirSync(join(packages, name, "src"), { recursive: true, encoding: "utf8" }).map((file) =>
      join(name, "src", file),
    ),
  );
  const products = files.filter((file) => file.endsWith(".ts") && !/\.test(-support)?\.ts$|\/fixtures\//.test(file));
  return new Map(products.map((file) => [file, readFileSync(join(packages, file), "utf8")]));
}

describe("the catalogue of error codes (scripts/error-codes.mjs)", () => {
  it("has the codes of the sources, all of them and no others", () => {
    const { codes, unresolved } = thrownCodes(productSources());
    expect(unresolved, "codes that cannot be told from the sources").toEqual([]);
    const catalogued = new Set(entries.map(([code]) => code));
    const absent = [...codes].filter(([code]) => !catalogued.has(code));
    expect(absent, "thrown, and not in the catalogue").toEqual([]);
    expect(
      [...catalogued].filter((code) => !codes.has(code)),
      "in the catalogue, and thrown nowhere",
    ).toEqual([]);
  });

  it("has each code once, with a sentence what it means and one what to do", () => {
    expect(new Set(entries.map(([code]) => code)).size).toBe(entries.length);
    for (const [code, texts] of entries) {
      for (const text of texts) expect(text, code).toMatch(/^[A-Z`].+[.]$/s);
    }
  });

  it("is what docs/errors.md shows (node scripts/error-reference.mjs writes it)", () => {
    expect(readFileSync(join(root, "docs/errors.md"), "utf8")).toBe(errorPage());
  });

  it("keeps codes and meanings that others rely on", async () => {
    const lines = entries.map(([code, [means]]) => `${code}: ${means}`).sort();
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("error-codes.txt");
  });
});

describe("codes are found", () => {
  const found = (...texts: string[]) => {
    const { codes, unresolved } = thrownCodes(new Map(texts.map((text, i) => [`${i}.ts`, text])));
    return { codes: [...codes.keys()], unresolved };
  };

  it.each([
    ["in a literal", 'throw new EosinError({ code: "A_B", message })'],
    ["in one of two", 'throw new EosinError({ code: (few ? "A_B" : error.code) })'],
    ["in a constant", 'const x = "A_B"; export const fault = () => ({ code: x, message })'],
    ["given to a helper", 'function fault(path: string, code: string) { return { code, path } }\nfault("x", "A_B");'],
    [
      "given to a helper of a helper",
      'const inner = (code: string) => new EosinError({ code });\nconst outer = (c: string) => inner(c);\nouter("A_B");',
    ],
    [
      "given to a class",
      'class Owned<V> { constructor(readonly code: string) {} fail() { throw new EosinError({ code: this.code }) } }\nnew Owned<number>("A_B");',
    ],
  ])("%s", (_, text) => {
    expect(found(text)).toEqual({ codes: ["A_B"], unresolved: [] });
  });

  it("across files", () => {
    expect(found("export const fault = (code: string) => ({ code });", 'throw fault("A_B");').codes).toEqual(["A_B"]);
  });

  it("but not those that another error brings, nor lines of looks", () => {
    const texts = ["const { code } = error; tell({ code });", 'lines.push({ level: "note", code: "A_B", text });'];
    expect(found(...texts)).toEqual({ codes: [], unresolved: [] });
  });

  it("or their place is told", () => {
    expect(found("throw new EosinError({ code: codeOf(fault) })").unresolved).toEqual(["0.ts:1"]);
  });
});
