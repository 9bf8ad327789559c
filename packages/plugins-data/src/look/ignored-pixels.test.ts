import { IGNORED, type Mask } from "@eosin/plugin-api/imaging";
import { expect, it } from "vitest";
import { pictureFigure } from "./html/picture-figure.js";
import { maskOutline } from "./mask-outline.js";
import { createSampleMeasurer } from "./sample-figures.js";
import { storeThumbnails } from "./stored-thumbnails.js";

const side = 8;
const image = { width: side, height: side, data: new Uint8Array(3 * side * side).fill(180) };
const maskOf = (labelAt: (x: number, y: number) => number): Mask => ({
  width: side,
  height: side,
  data: Uint8Array.from({ length: side * side }, (_, i) => labelAt(i % side, Math.floor(i / side))),
});

/** The upper quarter is tumour, the right half ignored. */
const mask = maskOf((x, y) => (x >= side / 2 ? IGNORED : y < side / 4 ? 1 : 0));

it("is not in the share of tumour, nor in its outline", async () => {
  const measure = createSampleMeasurer();
  const { figures, thumbnails } = measure(image, mask);
  expect(figures).toMatchObject({ foreground: 0.25, ignored: 0.5 });
  expect([...thumbnails.mask!.data]).toEqual([...mask.data].map((label) => Number(label === 1)));
  expect(maskOutline(thumbnails.mask!)).toBe("M0 0h4v2h-4v-2z");
  expect(maskOutline(mask)).toBe("M0 0h4v2h-4v-2z");
  const sample = { hash: "0", id: "a/1", domain: "a", figures };
  const { html } = pictureFigure({ sample, thumbnails: await storeThumbnails(thumbnails) });
  expect(html).toContain("tumour 25\u00a0% · ignored 50\u00a0%");
  // The next mask of the measurer has none.
  expect(
    measure(
      image,
      maskOf((x) => Number(x < 2)),
    ).figures,
  ).toMatchObject({ foreground: 0.25 });
  expect(
    measure(
      image,
      maskOf(() => 0),
    ).figures,
  ).not.toHaveProperty("ignored");
});

it("leaves no share where nothing counts", async () => {
  const { figures, thumbnails } = createSampleMeasurer()(
    image,
    maskOf(() => IGNORED),
  );
  expect(figures).not.toHaveProperty("foreground");
  expect(figures.ignored).toBe(1);
  const sample = { hash: "0", id: "a/1", domain: "a", figures };
  const { html } = pictureFigure({ sample, thumbnails: await storeThumbnails(thumbnails) });
  expect(html).toContain("ignored 100\u00a0%");
  expect(html).not.toContain("no mask");
});
