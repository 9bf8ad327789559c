import { beforeAll, describe, expect, it } from "vitest";
import type { LookRecord } from "../look-record.js";
import { looked, lookRecord } from "../looked.test-support.js";
import { type LookPage, lookPage } from "./look-page.js";
import { chooseShown } from "./shown-records.js";

let records: readonly LookRecord[];
const at = (html: string, ...parts: readonly string[]) => parts.map((part) => html.indexOf(part));

beforeAll(async () => {
  records = await Promise.all(["a/<i>0</i>", "a/1", "b/2"].map((id, i) => lookRecord(id, i)));
});

const pageOf = (rest: Partial<LookPage> = {}) =>
  lookPage({ title: "A look", problems: [], lines: [], records, outliers: [], pairs: [], ...rest });

describe("the page of a look", () => {
  it("shows problems first, then lines, domains, pairs and pictures", () => {
    const html = pageOf({
      description: "180 patches",
      problems: [
        {
          file: "a/<x>.png",
          message: "It is cut off.",
          found: "<eof>",
          expected: "a whole file",
          next: "Copy it again.",
        },
      ],
      lines: [
        { level: "warning", code: "X", text: "Something is <wrong>" },
        { level: "note", code: "Y", text: "Something is usual" },
      ],
      pairs: [{ first: "a/1", second: "b/2", identical: false, correlation: 0.98765, turn: "turned by 180°" }],
      outliers: [{ id: "b/2", domain: "b", kind: "blur", deviations: 7 }],
    });
    const places = at(
      html,
      "1 file could not be used",
      "a/&lt;x&gt;.png",
      "What to know before training",
      "<b>Warning.</b> Something is &lt;wrong&gt;",
      "<li>Something is usual",
      "<h2>Domains</h2>",
      "The same picture more than once",
      "correlation 0.988; the left one turned by 180°",
      "<h2>Pictures</h2>",
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(html).toContain("Found: &lt;eof&gt;. Expected: a whole file.");
    expect(html).toContain("Copy it again.");
  });

  it("shows outliers first, with what is unusual", () => {
    const html = pageOf({ outliers: [{ id: "b/2", domain: "b", kind: "colour", deviations: 7 }] });
    const pictures = html.slice(html.indexOf("<h2>Pictures</h2>"));
    const order = [...pictures.matchAll(/<figcaption><b>(.*?)<.b>/g)].map(([, id]) => id.replaceAll("<wbr>", ""));
    expect(order).toEqual(["b/2", "a/&lt;i&gt;0&lt;/i&gt;", "a/1"]);
    expect(pictures.match(/look-mark">unusual colour/g)).toHaveLength(1);
  });

  it("needs no other file, escapes names and draws outlines", () => {
    const html = pageOf();
    expect(html).toMatch(/^<!doctype html>/);
    expect(html.match(/(?:src|href)="(?!data:image\/jpeg;base64,)[^"]*"|url\(|@import|<script/g)).toBeNull();
    expect(html).not.toContain("<i>");
    expect(html.match(/<path d="M0 0h32v48h-32v-48z"/g)).toHaveLength(3);
    expect(html).toContain("64\u00a0×\u00a048 · tumour 50\u00a0%");
  });

  it("says what a domain comes to, and leaves out columns with nothing in them", () => {
    const html = pageOf();
    expect(html).toContain("<tr><td>a</td><td>2</td><td>64 × 48</td>");
    for (const absent of ["formats", "bytes", "angle", "haematoxylin", "no stains to tell"]) {
      expect(html).not.toContain(`<th>${absent}</th>`);
    }
    const stains = {
      angle: 21.26,
      stains: [{ name: "haematoxylin", vector: [0.6, 0.8, 0] as const }],
    };
    const image = { bytes: 2_500_000, format: "png", bitDepth: 8 };
    const [first, second, third] = records.map(({ sample, thumbnails }) => ({
      sample: { ...sample, image, stains },
      thumbnails,
    }));
    const bare = { ...third, sample: { ...third.sample, stains: { unsuitable: "it is <grey>" } } };
    const more = pageOf({ records: [first, second, bare] });
    // exp(−0.6), exp(−0.8) and 1 of 255.
    expect(more).toContain('style="background:rgb(140 115 255)"></span>0.60, 0.80, 0.00</td><td>21.3°</td><td>–</td>');
    expect(more).toContain("1: it is &lt;grey&gt;");
    expect(more).toContain("<td>png</td><td>8</td><td>5.0 MB</td>");
  });

  it("of no pictures still tells the problems", () => {
    const html = pageOf({ records: [], problems: [{ file: "x.png", message: "It is not a picture." }] });
    expect(html).toContain("It is not a picture.");
    expect(html).not.toContain("<h2>Pictures</h2>");
  });
});

describe("the pictures of a page", () => {
  const record = (id: string): LookRecord => ({ ...records[0], sample: looked(id) });
  const numbered = (domain: string, count: number) => Array.from({ length: count }, (_, i) => record(`${domain}/${i}`));

  it("are all, in their order, while there is room", () => {
    const all = [...numbered("a", 3), ...numbered("b", 2)];
    expect(chooseShown(all, [], 5).map(({ record: { sample } }) => sample.id)).toEqual([
      "a/0",
      "a/1",
      "a/2",
      "b/0",
      "b/1",
    ]);
  });

  it("are outliers first, then evenly of all domains", () => {
    const all = [...numbered("a", 100), ...numbered("b", 4), ...numbered("c", 40)];
    const outliers = ["c/7", "a/3", "c/7", "gone"].map((id, i) => ({
      id,
      domain: id[0],
      kind: i === 2 ? ("blur" as const) : ("colour" as const),
      deviations: 9,
    }));
    const shown = chooseShown(all, outliers, 26);
    expect(shown.slice(0, 2).map(({ record: { sample }, mark }) => `${sample.id} ${mark}`)).toEqual([
      "c/7 unusual colour, blurred",
      "a/3 unusual colour",
    ]);
    const counts = ["a", "b", "c"].map(
      (domain) => shown.slice(2).filter(({ record: { sample } }) => sample.domain === domain).length,
    );
    expect(counts).toEqual([10, 4, 10]);
    expect(new Set(shown.map(({ record: { sample } }) => sample.id)).size).toBe(26);
  });

  it("are 500 at most, also of outliers", () => {
    const all = numbered("a", 900);
    const outliers = all
      .slice(0, 600)
      .map(({ sample: { id } }) => ({ id, domain: "a", kind: "blur" as const, deviations: 6 }));
    expect(chooseShown(all, outliers)).toHaveLength(500);
  });
});
