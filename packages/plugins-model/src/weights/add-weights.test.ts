import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { addWeights } from "./add-weights.js";
import { fetchWeights } from "./fetch-weights.js";
import type { PublishedWeights } from "./published-weights.js";

const content = Buffer.alloc(100_000, "weights of an encoder, ");
const sha256 = createHash("sha256").update(content).digest("hex");
const published: PublishedWeights = {
  package: { name: "encoder-model", version: "0.1.0" },
  file: `encoder-${sha256.slice(0, 8)}.pth`,
  sha256Start: sha256,
};
const from = new Map([["encoder", published]]);

let base: string;
let folder: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "eosin-add-"));
  folder = join(base, "cache", "weights");
  return () => rm(base, { recursive: true });
});

it("puts the file where fetch finds it, whatever it is called", async () => {
  const given = join(base, "download (1).bin");
  await writeFile(given, content);
  const added = await addWeights(given, { folder, from });
  expect(added).toEqual({ name: "encoder", path: join(folder, published.file) });
  expect(content.equals(await readFile(added.path))).toBe(true);
  expect(await readdir(folder)).toEqual([published.file]);
  expect(await fetchWeights("encoder", { folder, from })).toBe(added.path);
});

it("repairs a damaged file, and leaves one alone that is in its place", async () => {
  await mkdir(folder, { recursive: true });
  const [given, path] = [join(base, "encoder.pth"), join(folder, published.file)];
  await writeFile(given, content);
  await writeFile(path, "damaged");
  await addWeights(given, { folder, from });
  expect(await addWeights(path, { folder, from })).toEqual({ name: "encoder", path });
  expect(content.equals(await readFile(path))).toBe(true);
});

it("refuses what is unknown, and says what is known", async () => {
  const given = join(base, published.file);
  await writeFile(given, content.subarray(1));
  await expect(addWeights(given, { folder, from })).rejects.toMatchObject({
    code: "WEIGHTS_UNKNOWN",
    place: given,
    expected: `the SHA-256 of one of encoder (${sha256.slice(0, 8)}…)`,
  });
  await expect(addWeights(base, { folder, from })).rejects.toMatchObject({
    code: "WEIGHTS_NOT_FOUND",
    found: "no regular file",
  });
  await expect(addWeights(join(base, "absent"), { folder, from })).rejects.toMatchObject({
    code: "WEIGHTS_NOT_FOUND",
    found: "ENOENT",
  });
  expect(await readdir(base)).toEqual([published.file]);
});
