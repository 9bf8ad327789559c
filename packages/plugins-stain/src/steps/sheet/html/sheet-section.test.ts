import type { SheetPatch, StainSheet } from "@eosin/plugin-api/imaging";
import { describe, expect, it } from "vitest";
import { sheetPage } from "./sheet-page.js";
import { sheetSection } from "./sheet-section.js";

const patch: SheetPatch = {
  id: "a/<1>",
  domain: "a",
  width: 64,
  height: 48,
  picture: "pictures/000-input.png",
  separation: {
    angle: 21.26,
    stains: [
      { name: "haematoxylin", vector: [0.6, 0.8, 0], toReference: 3.14, toTarget: 1.04, picture: "pictures/h.png" },
      { name: "residual", vector: [0, 0, 1], picture: "pictures/r.png" },
    ],
  },
  normalized: [{ by: "stain/spcn", picture: "pictures/n.png" }],
  augmented: [
    {
      by: "stain/one-of",
      unchanged: "it is not drawn every time",
      draws: [
        { picture: "pictures/d0.png", changed: true },
        { picture: "pictures/d1.png", changed: false },
      ],
    },
  ],
};
const blank: SheetPatch = {
  ...patch,
  id: "a/white",
  separation: { unsuitable: "it is white", stains: [] },
  normalized: [{ by: "stain/spcn", unchanged: "it is white", picture: "pictures/n.png" }],
  augmented: [{ by: "stain/grey", unchanged: "it is grey", draws: [{ picture: "pictures/d1.png", changed: false }] }],
};
const sheet = (patches: readonly SheetPatch[], target?: SheetPatch): StainSheet => ({
  separator: "stain/spcn-separator",
  patches,
  ...(target && { target }),
});
const sources = (html: string) => [...html.matchAll(/ src="([^"]+)"/g)].map(([, source]) => source);

describe("the section of a sheet", () => {
  it("draws swatches and scales in the colours that Beer–Lambert gives the vectors", () => {
    const { html } = sheetSection(sheet([patch]));
    // exp(−0.6), exp(−0.8) and exp(−1) of 255.
    expect(html).toContain('sheet-swatch" style="background:rgb(140 115 255)"');
    expect(html).toContain('sheet-swatch" style="background:rgb(255 255 94)"');
    const scale = /linear-gradient\(90deg,([^"]*)\)"/.exec(html)?.[1].split(/,(?=rgb)/);
    // From no stain to a density of 2.
    expect(scale?.[0]).toBe("rgb(255 255 255)");
    expect(scale?.at(-1)).toBe("rgb(77 51 255)");
  });

  it("gives angles in degrees, and a dash where a stain has no reference", () => {
    const { html } = sheetSection(sheet([patch]));
    expect(html).toContain("21.3° between the stains");
    expect(html).toContain("3.1° to the reference<br>1.0° to the target");
    const residual = html.slice(html.indexOf("<b>residual</b>"));
    expect(residual.slice(0, residual.indexOf("</figure>"))).not.toContain("°");
  });

  it("shows every picture once, and escapes names", () => {
    const { html } = sheetSection(sheet([patch]));
    const { separation, normalized, augmented } = patch;
    expect(sources(html)).toEqual([
      patch.picture,
      ...separation.stains.map(({ picture }) => picture),
      normalized[0].picture,
      ...augmented[0].draws.map(({ picture }) => picture),
    ]);
    expect(html).toContain("a/&lt;1&gt;");
    expect(html).not.toContain("<1>");
    expect(html).toContain("1 of them unchanged: it is not drawn every time");
  });

  it("says why a patch has no stains and passed through, and shows no draws that changed nothing", () => {
    const { html } = sheetSection(sheet([blank]));
    expect(html).toContain("No stains to show: it is white.");
    expect(html).toContain("<b>unchanged</b>: it is white");
    expect(html).toContain("Left as it is: it is grey.");
    expect(sources(html)).not.toContain("pictures/d1.png");
    expect(html).not.toContain("<table>");
  });

  it("shows a target of its own before the patches, and marks one that is among them", () => {
    const other = sheetSection(sheet([patch], { ...patch, id: "b/target", normalized: [], augmented: [] })).html;
    expect(other.indexOf("b/target <span")).toBeLessThan(other.indexOf("a/&lt;1&gt; <span"));
    const among = sheetSection(sheet([blank, patch], patch)).html;
    expect(among.match(/sheet-patch"/g)).toHaveLength(2);
    expect(among).toContain('a/&lt;1&gt; <span class="sheet-target small">target</span>');
  });

  it("names the domain where the patch's name does not", () => {
    const domain = (id: string) =>
      /sheet-about">.*?soft small">([^<]*)/.exec(sheetSection(sheet([{ ...patch, id }])).html);
    expect(domain("a/0")?.[1]).toMatch(/^64 × 48 · 21/);
    expect(domain("x.png")?.[1]).toMatch(/^a · 64 × 48 · 21/);
  });

  it("puts many normalizers into a row of their own", () => {
    const normalized = [1, 2, 3].map((i) => ({ by: `stain/n${i}`, picture: `pictures/n${i}.png` }));
    expect(sheetSection(sheet([{ ...patch, normalized }])).html).toContain("<p><b>normalised</b></p>");
  });
});

describe("the page of a sheet", () => {
  it("needs no other file", () => {
    const pictures = new Map(sources(sheetSection(sheet([patch])).html).map((name) => [name, Uint8Array.of(1, 2, 3)]));
    const html = sheetPage(sheet([patch]), pictures);
    expect(html).toMatch(/^<!doctype html>/);
    expect(new Set(sources(html))).toEqual(new Set(["data:image/png;base64,AQID"]));
    expect(html.match(/(?:src|href)="(?!data:)[^"]*"|url\(|@import/g)).toBeNull();
  });

  it("refuses a sheet whose pictures are not there", () => {
    expect(() => sheetPage(sheet([patch]), new Map())).toThrow("pictures/000-input.png");
  });
});
