import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { publishedLite, publishedVariants } from "./published-variants.test-support.js";
import { liteNames, originalNames, variantOf } from "./variants.js";

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

describe.each(originalNames)("%s", (name) => {
  const variant = variantOf(name);

  it("has the published features and paddings", () => {
    const published = publishedVariants[name];
    const { stem, blocks, featureAfter, head } = variant;
    const channels = featureAfter.map((count) => (count === 0 ? stem.outputs : blocks[count - 1].outputs));
    expect(channels).toEqual(published.channels);
    expect(featureAfter).toEqual([0, ...published.featureAfter]);
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

describe.each(liteNames)("%s", (name) => {
  const { activation, stem, blocks, featureAfter, head } = variantOf(name);
  const published = publishedLite[name];

  it("has the published stages, without squeeze-excite", () => {
    expect({ activation, stem, head }).toEqual({
      activation: "relu6",
      stem: { outputs: 32, padding: [0, 1] },
      head: 1280,
    });
    expect(featureAfter.map((count) => blocks[count - 1].outputs)).toEqual(published.channels);
    const ends = [...blocks.keys()].filter((index) => blocks[index + 1]?.outputs !== blocks[index].outputs);
    expect(ends.map((end, stage) => end - (ends[stage - 1] ?? -1))).toEqual(published.repeats);
    expect(blocks.every((block) => !("squeezed" in block))).toBe(true);
  });

  it("pads its strided layers as at its nominal size", () => {
    const strided = blocks.filter(({ stride }) => stride === 2);
    expect(strided.map(({ padding }) => padding)).toEqual(published.strided);
  });
});
