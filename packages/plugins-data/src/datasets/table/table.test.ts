import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EosinError } from "@eosin/plugin-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder, writePair } from "../../testing/picture-folder.test-support.js";
import { planContext, planDataset } from "../../testing/plan-context.test-support.js";
import { tableOptions } from "./options.js";
import { createTable } from "./table.js";

let base: string;

beforeAll(async () => {
  base = await temporaryFolder();
  for (const [i, name] of ["a", "b", "c, left", "\u00e9"].entries()) {
    await writePair(join(base, `data/he/${name}.png`), join(base, `data/seg/${name}.png`), 8 + i, 6, i);
  }
});
afterAll(() => rm(base, { recursive: true }));

const open = (options: object) => createTable(tableOptions.parse(options));
async function plan(text: string | Uint8Array, options: object = {}) {
  await writeFile(join(base, "data/list.csv"), text);
  const dataset = open({ file: "data/list.csv", ...options });
  return { dataset, ...(await planDataset(dataset, planContext({ baseFolder: base }))) };
}
const line = (n: number) => ({ file: join(base, "data/list.csv"), line: n, column: 1 });

const lines = [
  "image,mask,domain,patient,split",
  "he/b.png,seg/b.png,north,P1,train",
  '"he/c, left.png","seg/c, left.png",south,"P ""2""",test',
  "he/a.png,seg/a.png,north,P3,validation",
];

it("faults of lines are told one by one to whoever wants all; the rest is planned", async () => {
  const text = "image,mask\nhe/a.png,\nhe/none.png,seg/b.png\nhe/b.png,seg/none.png\nhe/b.png,seg/b.png\n";
  const told = text.replace("he/b.png,seg/none", "he/\u00e9.png,seg/none");
  await writeFile(join(base, "data/list.csv"), told);
  const faults: string[] = [];
  const onFault = (item: string | undefined, { code }: EosinError) => faults.push(`${item} ${code}`);
  const context = { ...planContext({ baseFolder: base }), onFault };
  const { index } = await planDataset(open({ file: "data/list.csv" }), context);
  expect(index.samples.map(({ id }) => id)).toEqual(["he/b"]);
  expect(faults).toEqual(["he/a MASK_MISSING", "he/none FILE_MISSING", "he/\u00e9 FILE_MISSING"]);
});

describe("a table of images and masks", () => {
  it("gives them in its order, with domains and attributes", async () => {
    const { index, dataset } = await plan(`${lines.join("\n")}\n`);
    expect(index.samples.map(({ id, domain, width, attributes }) => [id, domain, width, attributes])).toEqual([
      ["he/b", "north", 9, { patient: "P1", split: "train" }],
      ["he/c, left", "south", 10, { patient: 'P "2"', split: "test" }],
      ["he/a", "north", 8, { patient: "P3", split: "validation" }],
    ]);
    expect(index.summary).toBe("3 images of 2 domains from list.csv");
    const sample = await dataset.read(index.samples[0]);
    expect(sample.mask?.data.reduce((sum, each) => sum + each, 0)).toBe(5 * 6);
  });

  it.each([
    [
      "semicolons, byte-order mark and CRLF",
      (text: string) => `\ufeff${text.replaceAll(/,(?! left)/g, ";").replaceAll("\n", "\r\n")}`,
    ],
    ["tabs", (text: string) => text.replaceAll(/,(?! left)/g, "\t")],
    ["Excel's own line", (text: string) => `sep=;\r\n${text.replaceAll(/,(?! left)/g, ";").replaceAll("\n", "\r\n")}`],
    [
      "empty lines and spaces",
      (text: string) => `${text.replaceAll(",north", " , north").replaceAll("\n", "\n\n,,,,\n")}\n\n`,
    ],
    ["UTF-16", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["headers in upper case", (text: string) => text.replace("image,mask,domain", "Image,MASK,Domain")],
    ["backslashes", (text: string) => text.replaceAll("he/", "he\\").replaceAll("seg/", ".\\seg\\")],
  ])("is the same with %s", async (_, write) => {
    const plain = await plan(lines.join("\n"));
    const other = await plan(write(lines.join("\n")));
    expect(other.identity).toEqual(plain.identity);
  });

  it("is read with columns of other names, ids of its own, and a root", async () => {
    await rename(join(base, "data/he"), join(base, "he"));
    await mkdir(join(base, "data/he"));
    await writePair(join(base, "he/a.png"), join(base, "seg/a.png"), 8, 6, 1);
    const text = "slide,tile,annotation,scanner\nS1,he/a.png,seg/a.png,kfbio\n";
    const columns = { image: "tile", mask: "annotation", domain: "scanner", id: "slide" };
    const { index } = await plan(text, { root: ".", columns });
    expect(index.samples[0]).toMatchObject({ id: "S1", domain: "kfbio", source: { image: join(base, "he/a.png") } });
    expect(index.samples[0].attributes).toBeUndefined();
    await rm(join(base, "data/he"), { recursive: true });
    await rename(join(base, "he"), join(base, "data/he"));
  });

  it("takes absolute paths, and ids that lead out of no folder", async () => {
    const { index } = await plan(`image,mask\n${join(base, "data/he/a.png")},seg/a.png\n../data/he/b.png,seg/b.png\n`);
    expect(index.samples.map(({ id, domain }) => [id, domain])).toEqual([
      ["he/a", "all"],
      ["data/he/b", "all"],
    ]);
  });

  it("finds names in another Unicode form, and says so", async () => {
    const { index } = await plan("image,mask\nhe/e\u0301.png,seg/\u00e9.png\n");
    expect(index.samples[0].id).toBe("he/\u00e9");
    expect(index.remarks).toEqual([expect.stringContaining("he/\u00e9")]);
  });

  it("obeys domains, limit, exclude and unpaired", async () => {
    const text = `${lines.join("\n")}\nhe/\u00e9.png,,north,P4,train\n`;
    const ids = async (options: object) => (await plan(text, options)).index.samples.map((each) => each.id);
    expect(await ids({ unpaired: "leave-out", domains: ["north"] })).toEqual(["he/b", "he/a"]);
    expect(await ids({ unpaired: "no-tumour", limit: 1 })).toEqual(["he/b", "he/c, left"]);
    expect(await ids({ exclude: ["he/\u00e9", "he/b"] })).toEqual(["he/c, left", "he/a"]);
    const { index, dataset } = await plan(text, { unpaired: "no-tumour" });
    expect((await dataset.read(index.samples[3])).mask?.data.every((each) => each === 0)).toBe(true);
    const left = await plan(text, { unpaired: "leave-out" });
    expect(left.index.passedOver).toEqual([{ folder: ".", reason: "no mask", count: 1, examples: ["he/\u00e9"] }]);
    await expect(ids({ exclude: ["he/x"] })).rejects.toMatchObject({ code: "MASK_MISSING", place: line(5) });
    await expect(ids({ unpaired: "leave-out", exclude: ["he/x"] })).rejects.toMatchObject({ code: "SAMPLE_UNKNOWN" });
  });
});

describe("a table with a fault names the line", () => {
  it.each([
    ["no file", "image,mask\nhe/a.png,seg/a.png\nhe/x.png,seg/a.png\n", "FILE_MISSING", 3],
    ["no mask file", "image,mask\nhe/a.png,seg/x.png\n", "FILE_MISSING", 2],
    [
      "one image twice",
      "image,mask\nhe/a.png,seg/a.png\nhe/b.png,seg/b.png\nhe/a.png,seg/a.png\n",
      "SAMPLE_DUPLICATE",
      4,
    ],
    ["no domain", "image,mask,domain\nhe/a.png,seg/a.png,\n", "TABLE_INVALID", 2],
    ["no image", "image,mask\n,seg/a.png\n", "TABLE_INVALID", 2],
    ["too many values", "image,mask\nhe/a.png,seg/a.png\nhe/b.png,seg/b.png,x\n", "TABLE_INVALID", 3],
    ["one column twice", "image,mask,mask\nhe/a.png,seg/a.png,x\n", "TABLE_INVALID", 1],
    ["no column of images", "path,mask\nhe/a.png,seg/a.png\n", "COLUMN_UNKNOWN", 1],
    ["no column of masks", "image,masks\nhe/a.png,seg/a.png\n", "MASK_MISSING", 1],
    ["nothing", "", "TABLE_INVALID", 1],
  ])("%s", async (_, text, code, at) => {
    await expect(plan(text)).rejects.toMatchObject({ code, place: line(at), next: expect.stringMatching(/\S/) });
  });

  it("also where a value goes over several lines", async () => {
    const text = 'image,mask,note\nhe/a.png,seg/a.png,"two\nlines"\nhe/x.png,seg/b.png,\n';
    await expect(plan(text)).rejects.toMatchObject({ code: "FILE_MISSING", place: line(4) });
  });

  it("or says that it is in Latin-1, or missing", async () => {
    const latin = Buffer.from("image,mask\nhe/\u00e9.png,seg/a.png\n", "latin1");
    await expect(plan(latin)).rejects.toMatchObject({
      code: "TEXT_ENCODING",
      place: expect.objectContaining({ line: 2 }),
    });
    await expect(plan("image,mask\n", { file: "none.csv" })).rejects.toMatchObject({ code: "FILE_MISSING" });
    await expect(plan("image,mask\n")).rejects.toMatchObject({ code: "DATASET_EMPTY" });
  });
});
