import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PlanContext } from "@eosin/plugin-api";
import type { DatasetIndex } from "@eosin/plugin-api/imaging";
import { expect, test } from "vitest";
import { writePng } from "../../packages/pictures/src/testing/draw-files.test-support.js";
import { writeTiff } from "../../packages/pictures/src/testing/write-tiff.test-support.js";
import { ImageFiles } from "../../packages/plugins-model/src/datasets/image-files/image-files.js";
import { imageFilesOptions } from "../../packages/plugins-model/src/datasets/image-files/options.js";
import { contextFor, temporaryFolder } from "../../packages/plugins-model/src/testing/step-harness.test-support.js";

const plain = new Uint8Array(8 * 8 * 3).fill(128);

async function put(...names: readonly string[]): Promise<string> {
  const at = await temporaryFolder();
  for (const name of names) {
    await mkdir(dirname(join(at, name)), { recursive: true });
    await writePng(join(at, name), plain, 8, 3);
  }
  return at;
}

async function planned(baseFolder: string, options: object) {
  const files = { hashAll: async (paths: readonly string[]) => paths.map((path) => `hash of ${path}`) };
  const component = new ImageFiles(imageFilesOptions.parse(options));
  const output = await component.plan({ ...contextFor({}), baseFolder, files } as unknown as PlanContext);
  const { value, identity } = output as { value: unknown; identity: unknown };
  const index = value as DatasetIndex;
  return { component, index, identity, ids: index.samples.map(({ id }) => id) };
}

test("takes pictures as data sets do: leftovers are ignored, all else is counted", async () => {
  const at = await put("site1/p0.png", "site1/P1.PNG", "site1/sub/p2.png", "__MACOSX/p9.png", ".thumbs/p8.png");
  for (const junk of ["site1/._p0.png", "site1/Thumbs.db", "site1/.DS_Store", "site1/a.txt", "site1/b.txt"]) {
    await writeFile(join(at, junk), "no picture");
  }
  await symlink(join(at, "site1"), join(at, "linked"));
  await symlink(at, join(at, "site1", "round"));
  const { index, ids } = await planned(at, { images: ["."] });
  expect(ids).toEqual(["linked/P1", "linked/p0", "linked/sub/p2", "site1/P1", "site1/p0", "site1/sub/p2"]);
  expect(index.samples.map(({ domain }) => domain)).toEqual(["linked", "linked", "sub", "site1", "site1", "sub"]);
  expect(index.passedOver).toEqual(
    ["linked", "site1"].map((folder) => ({
      ...{ folder, count: 2, examples: ["a.txt", "b.txt"], reason: ".txt is not a picture's ending" },
    })),
  );
  // As a pattern names them.
  const named = await planned(at, { images: ["site1/._p0.png", "site1/Thumbs.db", "site1/p0.png"] });
  expect(named.ids).toEqual(["p0"]);
});

test("names images by the paths that were given, where asked", async () => {
  const at = await put("a/p.png", "b/p.png", "b/q.png");
  const paths = await planned(at, { images: ["a", "b/q.png", join(at, "b")], names: "path" });
  expect(paths.ids).toEqual(["a/p", "b/q.png", "b/p", "b/q"]);
  await expect(planned(at, { images: ["a", "b"] })).rejects.toMatchObject({ code: "DUPLICATE_ID" });
});

test("names every file that cannot be read", async () => {
  const at = await put("a.png");
  await writeFile(join(at, "b.png"), "no picture");
  await symlink("gone.png", join(at, "c.png"));
  await expect(planned(at, { images: ["."] })).rejects.toMatchObject({
    code: "NO_PICTURE",
    place: join(at, "b.png"),
    also: [expect.objectContaining({ code: "FILE_MISSING", place: join(at, "c.png") })],
  });
});

test("images of more than 8 bits have one range: integers and numbers with fractions apart", async () => {
  const at = await put("plain.png");
  const deep = (top: number) => Uint16Array.from({ length: 64 * 3 }, (_, i) => (i === 5 ? top : 10));
  await writePng(join(at, "x.png"), deep(300), 8, 3);
  await writePng(join(at, "y.png"), deep(3000), 8, 3);
  const size = { width: 8, height: 8, samples: 3 };
  await writeTiff(join(at, "z.tif"), [{ ...size, data: new Float32Array(192).fill(0.5) }]);
  const { component, index, identity } = await planned(at, { images: ["."] });
  const ranges = index.samples.map(({ source }) => (source as { range?: number }).range);
  expect(ranges).toEqual([undefined, 4095, 4095, 1]);
  const [, x, , z] = index.samples;
  const [readX, readZ] = [await component.read(x), await component.read(z)];
  expect(readX.image.data[5]).toBe(Math.round((300 / 4095) * 255));
  expect(readZ.image.data[0]).toBe(128);
  expect(readX.remarks).toContainEqual(expect.objectContaining({ doubtful: true }));
  // Other pixels are another content, also where the files are the same.
  const other = await planned(at, { images: ["."], range: 65535 });
  const hashes = (of: unknown) => (of as { id: string; hash: string }[]).map(({ hash }) => hash);
  expect(hashes(other.identity)[0]).toBe(hashes(identity)[0]);
  for (const i of [1, 2, 3]) expect(hashes(other.identity)[i]).not.toBe(hashes(identity)[i]);
});

test("a range that all files state is theirs", async () => {
  const at = await temporaryFolder();
  const data = new Uint16Array(192).fill(700);
  const tags = { 281: [4095, 4095, 4095] };
  for (const name of ["a.tif", "b.tif"]) {
    await writeTiff(join(at, name), [{ width: 8, height: 8, samples: 3, data, tags }]);
  }
  const { index } = await planned(at, { images: ["."] });
  expect(index.samples.map(({ source }) => (source as { range?: number }).range)).toEqual([4095, 4095]);
});

test("a page of several is asked for, and a picture above the limit", async () => {
  const at = await temporaryFolder();
  const page = { width: 8, height: 8, samples: 3, data: plain };
  await writeTiff(join(at, "two.tif"), [page, { ...page, width: 4, height: 16 }]);
  await expect(planned(at, { images: ["."] })).rejects.toMatchObject({ code: "IMAGE_UNCLEAR" });
  const { component, index } = await planned(at, { images: ["."], page: 2 });
  expect(index.samples).toMatchObject([{ width: 4, height: 16 }]);
  expect((await component.read(index.samples[0])).image).toMatchObject({ width: 4, height: 16 });
  const limited = planned(at, { images: ["."], page: 2, maxPixels: 10 });
  await expect(limited).rejects.toMatchObject({ code: "PICTURE_TOO_LARGE" });
});
