import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildNormalizer, sampleOf, stream } from "../../testing/build.test-support.js";
import { drawPatch } from "../../testing/patches.test-support.js";

const types = ["stain/spcn", "stain/vahadane", "stain/macenko", "stain/ruifrok", "stain/reinhard"];
const image = drawPatch(80, 60, undefined, 7);
const other = sampleOf(drawPatch(80, 60), "target");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eosin-target-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function fitted(type: string) {
  const state = (await (await buildNormalizer(type)).it.fit?.(stream([other]))) as { patch: string; target: object };
  const { data } = (await buildNormalizer(type, {}, state as never)).it.normalize(image, "patch");
  return { target: state.target, data };
}

test.each(types)("%s: a fitted target, saved to a file or stated in the document, does the same", async (type) => {
  const { target, data } = await fitted(type);
  const file = join(folder, `${type.replace("/", "-")}.json`);
  await writeFile(file, JSON.stringify({ normalizer: type, target }));
  for (const options of [{ target: file }, { statistics: target }]) {
    const { it } = await buildNormalizer(type, options);
    expect(it.fit).toBeUndefined();
    expect(it.normalize(image, "patch").data).toEqual(data);
  }
});

test("faults of a saved target say what it should be", async () => {
  const { target } = await fitted("stain/spcn");
  const wrong = join(folder, "wrong.json");
  const cases: readonly (readonly [string, string])[] = [
    ["not JSON", "is not valid JSON"],
    [JSON.stringify({ normalizer: "stain/reinhard", target }), "stain/reinhard"],
    [JSON.stringify({ normalizer: "stain/spcn", target: { matrix: [1] } }), "matrix"],
    [JSON.stringify([]), "something else"],
  ];
  for (const [text, found] of cases) {
    await writeFile(wrong, text);
    const fault = await buildNormalizer("stain/spcn", { target: wrong }).catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: "TARGET_UNREADABLE", place: wrong });
    expect(JSON.stringify(fault)).toContain(found);
  }
  await expect(buildNormalizer("stain/spcn", { target: join(folder, "none.json") })).rejects.toMatchObject({
    code: "TARGET_UNREADABLE",
  });
  await expect(buildNormalizer("stain/spcn", { statistics: { matrix: [[1, 2]] } })).rejects.toMatchObject({
    code: "TARGET_UNREADABLE",
    place: "statistics",
  });
});

test("a file and figures at once", async () => {
  const { target } = await fitted("stain/spcn");
  await expect(buildNormalizer("stain/spcn", { target: "a.png", statistics: target })).rejects.toMatchObject({
    code: "TARGET_TWICE",
  });
});
