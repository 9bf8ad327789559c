import { rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EosinError } from "@eosin/plugin-api";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder, writePair } from "../../testing/picture-folder.test-support.js";
import { planContext, planDataset } from "../../testing/plan-context.test-support.js";
import { createCosas } from "../cosas/cosas.js";
import { cosasOptions } from "../cosas/options.js";
import { createImageMaskFolders } from "./image-mask-folders.js";
import { imageMaskFoldersOptions } from "./options.js";

let base: string;
let root: string;
let made = 0;

beforeAll(async () => {
  base = await temporaryFolder();
});
afterAll(() => rm(base, { recursive: true }));
beforeEach(async () => {
  root = join(base, `root-${made++}`);
  for (const [i, name] of ["A/P1_0", "A/P1_1", "A/P2_0", "B/P3_0"].entries()) {
    const [domain, stem] = name.split("/");
    await writePair(join(root, domain, `image/${stem}.png`), join(root, domain, `mask/${stem}.png`), 8, 6, i);
  }
});

const open = (options: object) => createImageMaskFolders(imageMaskFoldersOptions.parse({ root, ...options }));
const plan = (options: object) => planDataset(open(options), planContext({ baseFolder: base }));
const ids = async (options: object) => (await plan(options)).index.samples.map((each) => each.id);
const note = async (name: string, text: string | Uint8Array) => {
  await writeFile(join(base, name), text);
  return name;
};

describe("samples left out", () => {
  it("are named by id, or in a file of lines or JSON, with or without a byte-order mark", async () => {
    expect(await ids({ exclude: ["A/P1_1"] })).toEqual(["A/P1_0", "A/P2_0", "B/P3_0"]);
    const lines = await note("bad.txt", "\ufeff# out of focus\r\nA/P1_1\r\n\r\n  B/P3_0\r\n");
    expect(await ids({ excludeFile: lines })).toEqual(["A/P1_0", "A/P2_0"]);
    const list = await note("bad.json", '\ufeff["A/P1_1"]');
    expect(await ids({ excludeFile: list, exclude: ["A/P1_0"] })).toEqual(["A/P2_0", "B/P3_0"]);
    const wide = await note("wide.txt", Buffer.from("\ufeffA/P1_1\r\n", "utf16le"));
    expect(await ids({ excludeFile: wide })).toHaveLength(3);
    const { index } = await plan({ exclude: ["A/P1_1"] });
    expect(index.passedOver).toMatchObject([
      { folder: "A/image", reason: "left out by `exclude`", count: 1, examples: ["P1_1.png"] },
      { folder: "A/mask", reason: "left out by `exclude`", count: 1 },
    ]);
  });

  it("need no partner", async () => {
    await rm(join(root, "A/mask/P1_1.png"));
    await rm(join(root, "A/image/P2_0.png"));
    expect(await ids({ exclude: ["A/P1_1", "A/P2_0"] })).toEqual(["A/P1_0", "B/P3_0"]);
  });

  it("must be there", async () => {
    await expect(plan({ exclude: ["A/P1_2"] })).rejects.toMatchObject({
      code: "SAMPLE_UNKNOWN",
      found: "A/P1_2",
      didYouMean: "A/P1_0",
    });
    for (const id of ["P2_0", "A/P2_0.png", "P2_0.PNG"]) {
      await expect(plan({ exclude: [id] })).rejects.toMatchObject({ didYouMean: "A/P2_0" });
    }
    const lines = await note("typo.txt", "A/P1_1\nA/P9\n");
    await expect(plan({ excludeFile: lines })).rejects.toMatchObject({
      place: { file: join(base, lines), line: 2, column: 1 },
    });
    expect(await ids({ exclude: ["B/P3_0"], domains: ["A"] })).toHaveLength(3);
  });

  it("are in a file that can be read", async () => {
    await expect(plan({ excludeFile: "none.txt" })).rejects.toMatchObject({ code: "FILE_MISSING" });
    const list = await note("no-list.json", '{ "A/P1_1": true }');
    await expect(plan({ excludeFile: list })).rejects.toMatchObject({ code: "ID_LIST_INVALID" });
    const latin = await note("latin.txt", Buffer.from("A/P1_1\nA/\u00e9\n", "latin1"));
    await expect(plan({ excludeFile: latin })).rejects.toMatchObject({
      code: "TEXT_ENCODING",
      place: expect.objectContaining({ line: 2, column: 3 }),
      found: expect.stringContaining("Latin-1"),
    });
    const wide = await note("no-mark.txt", Buffer.from("A/P1_1", "utf16le"));
    await expect(plan({ excludeFile: wide })).rejects.toMatchObject({
      code: "TEXT_ENCODING",
      found: expect.stringContaining("UTF-16"),
    });
  });
});

describe("images without mask", () => {
  beforeEach(() => rm(join(root, "A/mask/P1_1.png")));

  it("are an error that names the ways out", async () => {
    await expect(plan({})).rejects.toMatchObject({
      code: "MASK_MISSING",
      next: expect.stringMatching(/unpaired: leave-out.*exclude.*unpaired: no-tumour/),
    });
  });

  it("are left out where asked, as are masks without image", async () => {
    await rm(join(root, "B/image/P3_0.png"));
    const { index } = await plan({ unpaired: "leave-out" });
    expect(index.samples.map((each) => each.id)).toEqual(["A/P1_0", "A/P2_0"]);
    expect(index.passedOver).toMatchObject([
      { folder: "A/image", reason: "no mask", examples: ["P1_1.png"] },
      { folder: "B/mask", reason: "no image", examples: ["P3_0.png"] },
    ]);
  });

  it("are free of tumour where asked; a mask without image is then still a fault", async () => {
    const dataset = open({ unpaired: "no-tumour" });
    const { index } = await planDataset(dataset, planContext());
    expect(index.samples.map((each) => each.id)).toEqual(["A/P1_0", "A/P1_1", "A/P2_0", "B/P3_0"]);
    const { mask } = await dataset.read(index.samples[1]);
    expect(mask).toEqual({ width: 8, height: 6, data: new Uint8Array(48) });
    const paired = await dataset.read(index.samples[0]);
    expect(paired.mask?.data.includes(1)).toBe(true);
    expect(new Set(index.samples.map((each) => each.hash)).size).toBe(4);
    await rm(join(root, "A/image/P2_0.png"));
    await expect(plan({ unpaired: "no-tumour" })).rejects.toMatchObject({ code: "IMAGE_MISSING" });
  });
});

it("files without partner, and links that lead nowhere, are told one by one to whoever wants all; the rest is planned", async () => {
  await writePair(join(root, "A/image/P4_0.png"), join(root, "A/mask/P4_0.png"), 8, 6, 9);
  for (const file of ["A/mask/P1_0", "A/mask/P1_1", "B/image/P3_0", "A/image/P2_0"])
    await rm(join(root, `${file}.png`));
  await symlink(join(root, "gone.png"), join(root, "A/image/P2_0.png"));
  await writePair(join(root, "B/image/whole.png"), join(root, "B/mask/whole.png"), 8, 6, 9);
  const faults: string[][] = [];
  const onFault = (item: string | undefined, { code, message }: EosinError) => faults.push([item ?? "", code, message]);
  const { index } = await planDataset(open({}), { ...planContext({ baseFolder: base }), onFault });
  expect(index.samples.map(({ id }) => id)).toEqual(["A/P4_0", "B/whole"]);
  expect(faults.map(([id, code]) => `${id} ${code}`).sort()).toEqual([
    "A/P1_0 MASK_MISSING",
    "A/P1_1 MASK_MISSING",
    "A/P2_0 FILE_MISSING",
    "B/P3_0 IMAGE_MISSING",
  ]);
  expect(faults[0][2]).toBe("The image has no mask.");
});

it("what is beside the samples is part of what is said, not of what they are", async () => {
  const before = await open({}).plan(planContext({ baseFolder: base }));
  await writeFile(join(root, "A/image/notes.txt"), "");
  const after = await open({}).plan(planContext({ baseFolder: base }));
  expect(after).toHaveProperty("said.passedOver.0.examples", ["notes.txt"]);
  expect(before).toHaveProperty("said.passedOver", []);
  expect((after as { identity?: unknown }).identity).toEqual((before as { identity?: unknown }).identity);
});

it("where no name pairs, that is one fault of all", async () => {
  for (const i of [0, 1]) await rename(join(root, `A/mask/P1_${i}.png`), join(root, `A/mask/P1_${i}_seg.png`));
  await rm(join(root, "A/image/P2_0.png"));
  await rm(join(root, "A/mask/P2_0.png"));
  const onFault = () => expect.unreachable();
  await expect(planDataset(open({}), { ...planContext({ baseFolder: base }), onFault })).rejects.toMatchObject({
    code: "MASK_MISSING",
    message: "The image has no mask, nor have 1 more.",
    next: expect.stringContaining("maskSuffix"),
  });
});

it("what a limit leaves is not passed over: it was asked for", async () => {
  const { index } = await plan({ limit: 1 });
  expect(index.samples.map((each) => each.id)).toEqual(["A/P1_0", "B/P3_0"]);
  expect(index.passedOver).toBeUndefined();
});

describe("attributes", () => {
  const attributesOf = async (options: object) =>
    (await plan({ attributes: options })).index.samples.map((each) => each.attributes);

  it("come from a table by id, with or without domain and ending", async () => {
    const text = "\ufeffid;patient;grade\r\nA/P1_0;P1;high\r\nA\\P1_1.png;P1;\r\nP2_0;P2;low\r\nB/P3_0;P3;low\r\n";
    const table = await note("patients.csv", text);
    expect(await attributesOf({ table })).toEqual([
      { patient: "P1", grade: "high" },
      { patient: "P1" },
      { patient: "P2", grade: "low" },
      { patient: "P3", grade: "low" },
    ]);
    const other = await note("other.tsv", "Slide\tName\nS1\tA/P1_0\nS2\tA/P1_1\nS3\tA/P2_0\nS4\tB/P3_0\nS5\tB/P9\n");
    const { index } = await plan({ attributes: { table: other, id: "name" } });
    expect(index.samples.map((each) => each.attributes?.Slide)).toEqual(["S1", "S2", "S3", "S4"]);
    expect(index.remarks).toEqual([expect.stringContaining("1 of 5 lines")]);
  });

  it("come from the id", async () => {
    const patients = await attributesOf({ pattern: "/(?<patient>P\\d+)_(?<patch>\\d+)$" });
    expect(patients[2]).toEqual({ patient: "P2", patch: "0" });
  });

  it("join the identity", async () => {
    const identityWith = async (attributes?: object) => (await plan(attributes ? { attributes } : {})).identity;
    const [plain, patients] = [await identityWith(), await identityWith({ pattern: "(?<patient>P\\d)" })];
    expect(patients).not.toEqual(plain);
    expect(await identityWith({ pattern: "(?<patient>P\\d)" })).toEqual(patients);
    expect(await identityWith({ pattern: "(?<slide>P\\d)" })).not.toEqual(patients);
  });

  it("are of every sample", async () => {
    await expect(attributesOf({ pattern: "(?<patient>P[12])" })).rejects.toMatchObject({
      code: "ATTRIBUTES_MISSING",
      found: "none of B/P3_0",
    });
    const table = await note("some.csv", "id,patient\nA/P1_0,P1\nA/P1_11,P1\n");
    await expect(attributesOf({ table })).rejects.toMatchObject({
      code: "ATTRIBUTES_MISSING",
      didYouMean: "A/P1_11",
      message: "3 samples have no attributes.",
    });
  });

  it("come from a table that is sound", async () => {
    const twice = await note("twice.csv", "id,patient\nA/P1_0,P1\nA/P1_0,P2\n");
    await expect(attributesOf({ table: twice })).rejects.toMatchObject({ code: "TABLE_INVALID", place: { line: 3 } });
    const named = await note("named.csv", "sample,patient\nA/P1_0,P1\n");
    await expect(attributesOf({ table: named })).rejects.toMatchObject({
      code: "COLUMN_UNKNOWN",
      expected: "sample, patient",
      next: "Say with `attributes.id` what the column is called.",
    });
    await writePair(join(root, "B/image/P1_0.png"), join(root, "B/mask/P1_0.png"), 8, 6, 9);
    const bare = await note("bare.csv", "id,patient\nP1_0,P1\nP1_1,P1\nP2_0,P2\nP3_0,P3\n");
    await expect(attributesOf({ table: bare })).rejects.toMatchObject({
      code: "TABLE_INVALID",
      expected: expect.stringContaining("B/P1_0"),
    });
  });

  it("are not an endless search, nor an expression without a name", async () => {
    await writePair(join(root, `B/image/${"a".repeat(40)}.png`), join(root, `B/mask/${"a".repeat(40)}.png`), 8, 6, 9);
    const slow = attributesOf({ pattern: "(?<patient>^(\\w+\\/?)+!$)" });
    await expect(slow).rejects.toMatchObject({ code: "PATTERN_TOO_SLOW" });
    for (const pattern of ["P\\d", "(?<patient>", "(P\\d)"]) {
      expect(imageMaskFoldersOptions.safeParse({ root, attributes: { pattern } }).success).toBe(false);
    }
    const both = { pattern: "(?<a>.)", table: "a.csv" };
    expect(imageMaskFoldersOptions.safeParse({ root, attributes: both }).success).toBe(false);
  });
});

it("data/cosas has them too", async () => {
  const archive = join(base, `archive-${made++}`);
  for (const [i, name] of ["P1_0", "P1_1", "P2_0"].entries()) {
    const folder = join(archive, "task2/kfbio-400");
    await writePair(join(folder, `image/${name}.png`), join(folder, `mask/${name}.png`), 8, 6, i);
  }
  await rm(join(archive, "task2/kfbio-400/mask/P1_1.png"));
  await writeFile(join(archive, "task2/kfbio-400/image/read me.txt"), "");
  const cosas = createCosas(
    cosasOptions.parse({
      root: archive,
      exclude: ["kfbio-400/P2_0"],
      unpaired: "no-tumour",
      attributes: { pattern: "(?<patient>P\\d)" },
    }),
  );
  const { index } = await planDataset(cosas, planContext());
  expect(index.samples.map(({ id, attributes }) => [id, attributes?.patient])).toEqual([
    ["kfbio-400/P1_0", "P1"],
    ["kfbio-400/P1_1", "P1"],
  ]);
  expect(index.passedOver?.map((each) => each.folder)).toEqual([
    "task2/kfbio-400/image",
    "task2/kfbio-400/image",
    "task2/kfbio-400/mask",
  ]);
});
