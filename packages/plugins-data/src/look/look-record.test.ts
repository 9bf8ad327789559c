import type { LabelTally } from "@eosin/pictures";
import sharp from "@eosin/pictures/sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeLook, encodeLook, type LookRecord } from "./look-record.js";
import { lookRecord } from "./looked.test-support.js";
import { withMaskAt } from "./looked-sample.js";

const settings = { separator: "stain/macenko-separator" };
let records: readonly LookRecord[];

beforeAll(async () => {
  records = await Promise.all(["a/0", "a/Ünïcode <1>", "b/2"].map((id, i) => lookRecord(id, i)));
});

describe("records of a look", () => {
  it("are read as they were written", () => {
    const { mask: _, ...unmasked } = records[1].thumbnails;
    const given = [records[0], { ...records[1], thumbnails: unmasked }, records[2]];
    const { lines, pictures } = encodeLook(given, settings);
    const [first, ...rest] = decodeLook({ lines, pictures }, settings);
    expect([first, ...rest].map(plain)).toEqual(given.map(plain));
    // Views: ten thousand of them cost nothing.
    expect(first.thumbnails.density.buffer).toBe(pictures.buffer);
  });

  it("say of no file where it is", () => {
    const tally = {
      path: "/data/s3cret/a.png",
      of: "values",
      lossy: false,
      pixels: 4,
      counts: [[0, 4]],
      more: 0,
      hasNaN: false,
      smallest: 0,
      largest: 0,
    } as unknown as LabelTally;
    const [record] = records;
    const looked = { ...record, sample: { ...record.sample, reading: { remarks: [], tally } } };
    const { lines, pictures } = encodeLook([looked], settings);
    expect(lines).not.toContain("s3cret");
    const [again] = decodeLook({ lines, pictures }, settings);
    expect(withMaskAt(again.sample, tally.path)).toEqual(looked.sample);
  });

  it("of other settings or another version are none", () => {
    const { lines, pictures } = encodeLook(records, settings);
    expect(decodeLook({ lines, pictures }, { separator: "stain/ruifrok-separator" })).toEqual([]);
    const older = lines.replace(/"eosinLook":\d+/, '"eosinLook":0');
    expect(older).not.toBe(lines);
    expect(decodeLook({ lines: older, pictures }, settings)).toEqual([]);
    expect(decodeLook({ lines: "", pictures: new Uint8Array() }, settings)).toEqual([]);
  });

  it("that were cut off or damaged are left out, the others kept", () => {
    const { lines, pictures } = encodeLook(records, settings);
    const idsOf = (look: readonly LookRecord[]) => look.map(({ sample }) => sample.id);
    expect(idsOf(decodeLook({ lines: lines.slice(0, -20), pictures }, settings))).toEqual(idsOf(records.slice(0, 2)));
    expect(idsOf(decodeLook({ lines, pictures: pictures.subarray(0, -1) }, settings))).toEqual(
      idsOf(records.slice(0, 2)),
    );
    const holed = lines.replace('"picture":', '"pictura":');
    expect(idsOf(decodeLook({ lines: holed, pictures }, settings))).toEqual(idsOf(records.slice(1)));
  });
});

it("thumbnails are kept as JPEG of their size, and a sample takes 8 KB at most", async () => {
  const [{ thumbnails }] = records;
  const info = await sharp(thumbnails.picture).metadata();
  expect([info.format, info.width, info.height]).toEqual(["jpeg", 64, 48]);
  const { lines, pictures } = encodeLook(records, settings);
  expect((Buffer.byteLength(lines) + pictures.length) / records.length).toBeLessThan(8192);
});

function plain({ sample, thumbnails }: LookRecord) {
  const { picture, mask, density, ...size } = thumbnails;
  return { sample, size, picture: [...picture], density: [...density], mask: mask && [...mask] };
}
