import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { writePng, writePngChunks } from "../../packages/pictures/src/testing/draw-files.test-support.js";
import { writeTiff } from "../../packages/pictures/src/testing/write-tiff.test-support.js";
import type { DatasetIndex, PassedOver } from "../../packages/plugin-api/src/imaging/index.js";
import type { EosinError, Look, LookContext, PlannedValue } from "../../packages/plugin-api/src/index.js";
import { lookAtDataset } from "../../packages/plugins-data/dist/look/look-at-dataset.js";
import { decodeLook } from "../../packages/plugins-data/src/look/look-record.js";
import type { ReadingOptions } from "../../packages/plugins-data/src/pairs/reading-options.js";
import { temporaryFolder, writePicture } from "../../packages/plugins-data/src/testing/picture-folder.test-support.js";

const width = 16;
const height = 12;
const pixels = width * height;
const left = (level: number) => Uint8Array.from({ length: pixels }, (_, i) => (i % width < 6 ? level : 0));
const colours = (seed: number, most = 250) =>
  Uint16Array.from({ length: pixels * 3 }, (_, i) => ((i * 13 + seed * 29 + (i % 7) * seed) * most) % (most + 1));

let folder: string;
let cache: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  cache = await temporaryFolder();
});

interface Found {
  readonly look: Look;
  readonly faults: readonly { readonly id: string | undefined; readonly error: EosinError }[];
  /** Samples that were opened. */
  readonly opened: number;
  readonly page: string;
  /** Of each mask, as a share of its pixels. */
  readonly foreground: readonly (number | undefined)[];
}

/** The hash of a sample is what its name ends with behind `#`, else the name: equal ones have equal content. */
async function lookAt(
  ids: readonly string[],
  options: ReadingOptions = {},
  how: { passedOver?: readonly PassedOver[]; remarks?: readonly string[]; throws?: boolean; files?: string } = {},
): Promise<Found> {
  const at = how.files ?? folder;
  const names = new Set(await readdir(at));
  const file = (name: string) => {
    const ending = [".jpg", ".tif", ".png"].find((each) => names.has(`${name}${each}`));
    return join(at, `${name}${ending ?? ".png"}`);
  };
  const samples = ids.map((id) => ({
    id: `A/${id}`,
    domain: "A",
    width,
    height,
    hash: id,
    source: { image: file(id), ...(names.has(`${id}.none`) ? {} : { mask: file(`${id}_mask`) }) },
  }));
  const reader = { uses: "data/x", with: { root: "x" }, kind: "dataset", plugin: "@eosin/plugins-data" };
  const { passedOver, remarks } = how;
  const index: DatasetIndex = { name: "drawn", summary: "drawn", reader, samples, passedOver, remarks };
  const planned: PlannedValue<DatasetIndex> = { value: index, identity: "identity" };
  const faults: { id: string | undefined; error: EosinError }[] = [];
  const written = new Map<string, string | Uint8Array>();
  let opened = 0;
  const context = {
    planned,
    cache,
    threads: 1,
    signal: new AbortController().signal,
    log: { info: () => {}, warn: () => {} },
    progress: () => opened++,
    output: { write: async (name: string, data: string) => void written.set(name, data), moveIn: async () => {} },
    ...(!how.throws && { onFault: (id: string | undefined, error: EosinError) => void faults.push({ id, error }) }),
  } as unknown as LookContext<PlannedValue<DatasetIndex>>;
  const look = await lookAtDataset(options, {}, context);
  const records = decodeLook(
    { lines: String(written.get("records.jsonl")), pictures: written.get("pictures.bin") as Uint8Array },
    null,
  );
  const foreground = records.map(({ sample }) => sample.figures.foreground);
  return { look, faults, opened, page: String(written.get("page.html")), foreground };
}

const readerOf = ({ look }: Found) =>
  look.settled && (look.settled as unknown as { value: { reader: { with: object } } }).value.reader.with;
const texts = ({ look }: Found) => look.lines.map(({ level, text }) => `${level}: ${text}`);

async function pair(id: string, write: { mask?: Uint8Array | Uint16Array; image?: Uint16Array } = {}): Promise<void> {
  const { mask = left(255), image } = write;
  if (image) await writePng(join(folder, `${id}.png`), image, width, 3);
  else
    await writePng(
      join(folder, `${id}.png`),
      Uint8Array.from(colours(id.charCodeAt(0) * 7 + id.charCodeAt(1))),
      width,
      3,
    );
  await writePng(join(folder, `${id}_mask.png`), mask, width, 1);
}

describe("what all files decide together", () => {
  it("is one range for all deep images, which readers get", async () => {
    await pair("p0", { image: colours(1, 900) });
    await pair("p1", { image: colours(2, 4000) });
    await pair("p2");
    const found = await lookAt(["p0", "p1", "p2"]);
    expect(readerOf(found)).toEqual({ root: "x", range: 4095 });
    expect((found.look.settled as { identity: string }).identity).toBe("identity");
    expect(texts(found)).toContain("note: 16-bit values 0…4095 scaled to 0…255: 2 of 3 images (A/p0, A/p1).");
    // The first fits 0…1023 by itself: its figures are those of the second pass.
    expect(found.opened).toBe(4);
    const alone = await lookAt(["p0"]);
    expect(readerOf(alone)).toEqual({ root: "x", range: 1023 });
  });

  it("is not a range where it was given, and what is above it is said", async () => {
    await pair("p0", { image: colours(1, 900) });
    await pair("p1", { image: colours(2, 4000) });
    const found = await lookAt(["p0", "p1"], { range: 1023 });
    expect(found.look.settled).toBeUndefined();
    expect(texts(found)).toContain("warning: 1 image with values above the range 1023, which become white: e.g. A/p1");
  });

  it("is where lossy masks are cut", async () => {
    await pair("p0");
    await pair("p1");
    await writePicture(join(folder, "p0_mask.jpg"), left(200), width, height, 1);
    await writePicture(join(folder, "p1_mask.jpg"), left(0), width, height, 1);
    const found = await lookAt(["p0", "p1"]);
    const { maskThreshold } = readerOf(found) as { maskThreshold: number };
    expect(maskThreshold).toBeGreaterThan(90);
    expect(maskThreshold).toBeLessThan(110);
    expect(texts(found)).toContain(
      `warning: 2 masks are lossy (JPEG or such): levels above ${maskThreshold} are foreground`,
    );
    expect(found.foreground).toEqual([expect.closeTo(6 / width, 1), 0]);
    expect((await lookAt(["p0", "p1"], { maskThreshold: 30 })).look.settled).toBeUndefined();
    // By the rule of both it would be empty, by its own it is not.
    await pair("p2");
    await writePicture(join(folder, "p2_mask.jpg"), left(60), width, height, 1);
    expect((await lookAt(["p0", "p2"])).faults).toMatchObject([{ error: { code: "MASK_UNCLEAR" } }]);
  });

  it("is the channel of labels: alpha, where colours say nothing", async () => {
    for (const id of ["p0", "p1"]) {
      await pair(id);
      const alpha = left(255);
      const rgba = Uint8Array.from({ length: pixels * 4 }, (_, i) => (i % 4 === 3 ? alpha[i >> 2] : 0));
      await writePng(join(folder, `${id}_mask.png`), rgba, width, 4);
    }
    const found = await lookAt(["p0", "p1"]);
    expect(found.faults).toEqual([]);
    expect(readerOf(found)).toEqual({ root: "x", maskChannel: "alpha" });
    expect(texts(found).join("\n")).not.toContain("no tumour");
  });

  it("is nothing where plain files say nothing", async () => {
    await pair("p0");
    expect((await lookAt(["p0"])).look.settled).toBeUndefined();
  });
});

describe("faults of all masks together", () => {
  it("palettes that give one index two colours", async () => {
    for (const [id, colour] of [
      ["p0", [128, 0, 0]],
      ["p1", [0, 128, 0]],
    ] as const) {
      await pair(id);
      const rows = Array.from({ length: height }, (_, y) => left(1).slice(y * width, (y + 1) * width));
      await writePngChunks(join(folder, `${id}_mask.png`), { width, height, bits: 8, type: 3 }, rows, [
        ["PLTE", Uint8Array.from([0, 0, 0, ...colour])],
      ]);
    }
    const { faults, look } = await lookAt(["p0", "p1"]);
    expect(faults).toMatchObject([
      { id: undefined, error: { code: "PALETTES_DIFFER", place: join(folder, "p1_mask.png") } },
    ]);
    expect(look.settled).toBeUndefined();
  });

  it("labels that differ between files", async () => {
    await pair("p0", { mask: left(1) });
    await pair("p1", { mask: left(2) });
    const { faults } = await lookAt(["p0", "p1"]);
    expect(faults).toMatchObject([
      {
        id: undefined,
        error: {
          code: "MASK_NOT_BINARY",
          found: expect.stringContaining("all masks together hold 0 (63 %), 1 (19 %), 2 (19 %)"),
        },
      },
    ]);
    expect((await lookAt(["p0", "p1"], { classes: { tumour: [1, 2] } })).faults).toEqual([]);
    const none = await lookAt(["p0", "p1"], { classes: { tumour: 3 } });
    expect(texts(none)).toContain("warning: no mask holds the label 3 of `classes`");
  });
});

describe("faults of single files", () => {
  const three = () => Uint8Array.from({ length: pixels }, (_, i) => i % 3);

  it("are told all at once, with their samples, past what is whole", async () => {
    await pair("p0");
    await pair("p1", { mask: three() });
    await pair("p2");
    await writeFile(join(folder, "p2.png"), "no picture");
    await pair("p3");
    await writePng(join(folder, "p3_mask.png"), new Uint8Array(64), 8, 1);
    const { faults, page, look } = await lookAt(["p0", "p1", "p2", "p3"]);
    expect(faults.map(({ id, error }) => [id, error.code])).toEqual([
      ["A/p2", "NO_PICTURE"],
      ["A/p3", "SIZE_MISMATCH"],
      ["A/p1", "MASK_NOT_BINARY"],
    ]);
    expect(page).toContain("p2.png");
    expect(look.lines.length).toBeGreaterThan(0);
  });

  it("are one error without a sink: the first 20, and how many more", async () => {
    const ids = Array.from({ length: 23 }, (_, i) => `p${i}`);
    for (const id of ids) await pair(id, { mask: three() });
    const error = (await lookAt(ids, {}, { throws: true }).catch((thrown) => thrown)) as EosinError;
    expect(error.code).toBe("MASK_NOT_BINARY");
    expect(error.place).toBe(join(folder, "p0_mask.png"));
    expect(error.also).toHaveLength(20);
    expect(error.also?.slice(0, 19).every(({ code }) => code === "MASK_NOT_BINARY")).toBe(true);
    expect(error.also?.at(-1)).toMatchObject({
      code: "MORE_FAULTS",
      message: "3 further files of drawn cannot be used.",
    });
  });
});

describe("an earlier look", () => {
  it("is taken by content, whatever a sample is called", async () => {
    await pair("p0");
    await pair("p1");
    expect((await lookAt(["p0", "p1"])).opened).toBe(2);
    expect((await lookAt(["p0", "p1"])).opened).toBe(0);
    await pair("p2");
    expect((await lookAt(["p0", "p1", "p2"])).opened).toBe(1);
  });

  it("keeps no fault: that file is opened again", async () => {
    await pair("p0");
    await pair("p1");
    await writeFile(join(folder, "p1.png"), "no picture");
    expect((await lookAt(["p0", "p1"])).faults).toHaveLength(1);
    const again = await lookAt(["p0", "p1"]);
    expect(again.opened).toBe(1);
    expect(again.faults).toHaveLength(1);
    await pair("p1");
    expect((await lookAt(["p0", "p1"])).faults).toEqual([]);
  });

  it("that was damaged is made again", async () => {
    await pair("p0");
    await lookAt(["p0"]);
    const [name] = await readdir(cache);
    await writeFile(join(cache, name, "pictures.bin"), "");
    expect((await lookAt(["p0"])).opened).toBe(1);
  });
});

describe("what is said", () => {
  it("no mask holds tumour; what was passed over; what the listing remarked", async () => {
    await pair("p0", { mask: left(0) });
    await pair("p1", { mask: left(0) });
    const passedOver = [
      { folder: "A/image", reason: ".txt is not a picture's ending", count: 1, examples: ["notes.txt"] },
    ];
    const found = await lookAt(["p0", "p1"], {}, { passedOver, remarks: ["2 names are written in another form."] });
    const said = texts(found).join("\n");
    expect(said).toContain("warning: All 2 masks hold no tumour, e.g. that of A/p0");
    expect(said).toContain("warning: 1 file passed over: 1 in A/image (.txt is not a picture's ending: notes.txt).");
    expect(said).toContain("note: 2 names are written in another form.");
    expect(found.page).toContain("hold no tumour");
    expect(found.page.match(/(?:src|href)="(?!data:|#)[^"]*"|url\((?!#)[^)]*\)|@import/g)).toBeNull();
  });

  it("floating-point and grey images", async () => {
    await pair("p0");
    const data = Float32Array.from({ length: pixels }, (_, i) => (i % 16) / 16);
    await writeTiff(join(folder, "p0.tif"), [{ width, height, data }]);
    const said = texts(await lookAt(["p0"]));
    expect(said).toContain("note: grey spread over red, green and blue: the only image.");
    expect(said).toContain("note: floating-point values 0…1 scaled to 0…255: the only image.");
  });
});
