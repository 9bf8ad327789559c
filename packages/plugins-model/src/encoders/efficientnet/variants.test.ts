import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { publishedVariants } from "./published-variants.test-support.js";
import { variantNames, variantOf } from "./variants.js";

/** Measured on the paper's code. */
const stored = new URL("./efficientnet-variants.json", import.meta.url);

interface StoredVariant {
  readonly stem: number;
  readonly head: number;
  readonly out_channels: number[];
  readonly stage_idxs: number[];
  readonly stem_pad_lrtb: number[];
  readonly blocks: {
    kernel: number;
    stride: number;
    in_: number;
    out: number;
    expand: number;
    se: number;
    pad_lrtb: number[];
  }[];
}

describe.each(variantNames)("%s", (name) => {
  const variant = variantOf(name);

  it("has the published features and paddings", () => {
    const published = publishedVariants[name];
    const { stem, blocks, featureAfter, head } = variant;
    expect([stem.outputs, ...featureAfter.map((count) => blocks[count - 1].outputs)]).toEqual(published.channels);
    expect(featureAfter).toEqual(published.featureAfter);
    expect(stem.padding).toEqual(published.stem);
    expect(head).toBe(published.head);
    const strided = blocks.flatMap(({ stride, padding }, index) => (stride === 1 ? [] : [[index, padding]]));
    expect(Object.fromEntries(strided)).toEqual(published.strided);
    for (const { stride, kernel, padding } of blocks) {
      if (stride === 1) expect(padding).toEqual([(kernel - 1) / 2, (kernel - 1) / 2]);
    }
  });

  it("has the stored blocks, one by one", () => {
    const reference = (JSON.parse(readFileSync(stored, "utf8")) as { [name: string]: StoredVariant })[
      `efficientnet-${name}`
    ];
    expect(variant.stem.outputs).toBe(reference.stem);
    expect(variant.blocks).toEqual(
      reference.blocks.map(
        ({ kernel, stride, in_: inputs, out: outputs, expand, se, pad_lrtb: [left, right, top, bottom] }) => {
          expect([top, bottom]).toEqual([left, right]);
          const squeezed = Math.max(1, Math.floor(inputs * se));
          return { kernel, stride, inputs, expanded: inputs * expand, squeezed, outputs, padding: [left, right] };
        },
      ),
    );
  });
});
