import { createRng, type JsonValue } from "@eosin/plugin-api";
import type { Normalizer, Sample } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { describe, expect, test } from "vitest";
import { buildAugmenter, buildNormalizer, sampleOf, stream } from "../../testing/build.test-support.js";
import { drawPatch } from "../../testing/patches.test-support.js";
import { fitByDomain } from "./fit-by-domain.js";

/** A patch of a domain that is darker than others. */
function patch(domain: string, index: number): Sample {
  const image = drawPatch(48, 40, undefined, `${domain} ${index}`);
  const dimmed = domain === "dark" ? { ...image, data: image.data.map((v) => Math.round(0.6 * v)) } : image;
  return { ...sampleOf(dimmed, `${domain}/${index}`), domain };
}

const fittedState = z.object({ target: z.record(z.string(), z.json()) });

const samples = [0, 1, 2].flatMap((i) => [patch("light", i), patch("dark", i)]);
const options = { p: 1, normalizers: [{ uses: "stain/reinhard", kind: "normalizer", plugin: "p", with: {} }] };

async function appearances(state: JsonValue | undefined, given: object = options): Promise<Set<string>> {
  const { it } = await buildAugmenter("stain/random-normalization", given, state);
  const seen = new Set<string>();
  for (let key = 0; key < 40; key++) seen.add(it.apply(samples[0], createRng(key)).image.data.join());
  return seen;
}

describe("targets that are learned", () => {
  test("one of each domain: each of their appearances is drawn, and no other", async () => {
    const { it } = await buildAugmenter("stain/random-normalization", options);
    const state = JSON.parse(JSON.stringify(await it.fit?.(stream(samples))));
    const seen = await appearances(state);
    expect(seen.size).toBe(2);
    for (const domain of ["light", "dark"]) {
      const { it: alone } = await buildNormalizer("stain/reinhard");
      const fitted = await alone.fit?.(stream(samples.filter((each) => each.domain === domain)));
      const { it: ready } = await buildNormalizer("stain/reinhard", {}, fitted);
      expect(seen).toContain(ready.normalize(samples[0].image, "x").data.join());
    }
    const reversed = await it.fit?.(stream([...samples].reverse()));
    expect(reversed).toEqual(state);
  });

  test("or one of all; several normalizers have their own", async () => {
    const { it } = await buildAugmenter("stain/random-normalization", { ...options, learn: "all" });
    expect((await appearances(await it.fit?.(stream(samples)), { ...options, learn: "all" })).size).toBe(1);
    const two = {
      ...options,
      normalizers: [...options.normalizers, { ...options.normalizers[0], uses: "stain/macenko" }],
    };
    const { it: both } = await buildAugmenter("stain/random-normalization", two);
    expect((await appearances(await both.fit?.(stream(samples)), two)).size).toBe(4);
  });
});

test("stated targets need no fit; each key draws the same, and p = 0 nothing", async () => {
  const { it: reinhard } = await buildNormalizer("stain/reinhard");
  const target = async (domain: string) =>
    fittedState.parse(await reinhard.fit?.(stream(samples.filter((each) => each.domain === domain)))).target;
  const stated = await Promise.all(
    ["light", "dark"].map(async (domain) => ({
      ...options.normalizers[0],
      with: { statistics: await target(domain) },
    })),
  );
  const { it } = await buildAugmenter("stain/random-normalization", { p: 1, normalizers: stated });
  expect(it.fit).toBeUndefined();
  expect((await appearances(undefined, { p: 1, normalizers: stated })).size).toBe(2);
  expect(it.apply(samples[0], createRng(3)).image.data).toEqual(it.apply(samples[0], createRng(3)).image.data);
  const { it: never } = await buildAugmenter("stain/random-normalization", { p: 0, normalizers: stated });
  expect(never.apply(samples[0], createRng(3))).toBe(samples[0]);
});

test("before its fit it says so", async () => {
  const { it } = await buildAugmenter("stain/random-normalization", options);
  expect(() => it.apply(samples[0], createRng(1))).toThrow(expect.objectContaining({ code: "NOT_FITTED" }));
});

describe("fits by domain", () => {
  const byDomain = (normalizers: readonly Normalizer[]) =>
    fitByDomain(normalizers, stream(samples), ({ domain }) => domain);
  const counting: Normalizer = {
    async fit(all) {
      const ids: string[] = [];
      for await (const { id } of all) ids.push(id);
      return ids;
    },
    normalize: (image) => image,
  };

  test("each normalizer sees all samples of each domain, in their order", async () => {
    const dark = ["dark/0", "dark/1", "dark/2"];
    const light = ["light/0", "light/1", "light/2"];
    expect(await byDomain([counting, counting])).toEqual([
      [dark, light],
      [dark, light],
    ]);
  });

  test("one that needs no more samples keeps nobody waiting", async () => {
    const first: Normalizer = {
      async fit(all) {
        for await (const { id } of all) return id;
        return null;
      },
      normalize: (image) => image,
    };
    expect(await byDomain([first])).toEqual([["dark/0", "light/0"]]);
    expect((await byDomain([first, counting]))[0]).toEqual(["dark/0", "light/0"]);
  });

  test("a failure ends it", async () => {
    const failing: Normalizer = {
      async fit(all) {
        for await (const { domain } of all) if (domain === "dark") throw new Error("no target");
        return null;
      },
      normalize: (image) => image,
    };
    await expect(byDomain([failing])).rejects.toThrow("no target");
    await expect(byDomain([counting, failing])).rejects.toThrow("no target");
  });
});
