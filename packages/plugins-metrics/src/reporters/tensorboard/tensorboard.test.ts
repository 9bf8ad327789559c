import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOwnMetric } from "../../metrics/own-metrics.js";
import { handlesOf, trackingContext, trainedFold } from "../tracking/tracking.test-support.js";
import { tensorboardOptions } from "./options.js";
import { maskedChecksum, tfRecord } from "./record.js";
import { createTensorboard } from "./tensorboard.js";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "eosin-tensorboard-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function write(folds = ["fold-0", "fold-1"]): Promise<ReadonlyMap<string, Uint8Array>> {
  const artifacts = (await Promise.all(folds.map((fold) => trainedFold(folder, fold)))).flat();
  const { context, written } = trackingContext(artifacts);
  const options = tensorboardOptions.parse({
    models: handlesOf(artifacts, "model"),
    predictions: handlesOf(artifacts, "predictions"),
    pictures: 1,
  });
  await createTensorboard({ options, create: createOwnMetric } as never).run(context);
  return written;
}

/** The payloads of the records of a file, their checksums verified. */
function records(file: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const found: Uint8Array[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true));
    expect(view.getUint32(at + 8, true)).toBe(maskedChecksum(file.subarray(at, at + 8)));
    const data = file.subarray(at + 12, at + 12 + length);
    expect(view.getUint32(at + 12 + length, true)).toBe(maskedChecksum(data));
    found.push(data);
    at += 16 + length;
  }
  return found;
}

/** Fields of a message by number; bytes and numbers as they stand. */
function fields(message: Uint8Array): ReadonlyMap<number, readonly Uint8Array[]> {
  const reader = new BinaryReader(message);
  const found = new Map<number, Uint8Array[]>();
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [field, type] = reader.tag();
    if (type !== WireType.LengthDelimited) reader.skip(type);
    const body = type === WireType.LengthDelimited ? reader.bytes() : message.subarray(start + 1, reader.pos);
    found.set(field, [...(found.get(field) ?? []), body]);
  }
  return found;
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe("event files", () => {
  it("frames records as TFRecord files do", () => {
    // CRC-32C of the check string of its definition (RFC 3720, B.4) is 0xe3069283.
    const masked = (((0xe3069283 >>> 15) | (0xe3069283 << 17)) + 0xa282ead8) >>> 0;
    expect(maskedChecksum(Buffer.from("123456789"))).toBe(masked);
    const record = tfRecord(Buffer.from("abc"));
    expect(record.length).toBe(12 + 3 + 4);
    expect(records(record).map(text)).toEqual(["abc"]);
  });

  it("begins with the version, then has a summary each epoch, then settings, test figures and pictures", async () => {
    const written = await write();
    expect([...written.keys()]).toEqual([
      "train-fold-0/events.out.tfevents.0000000000.eosin",
      "train-fold-1/events.out.tfevents.0000000000.eosin",
    ]);
    const events = records([...written.values()][0]).map(fields);
    expect(events).toHaveLength(1 + 3 + 1);
    expect(text(events[0].get(3)![0])).toBe("brain.Event:2");
    const values = events.slice(1).map((event) => fields(event.get(5)![0]).get(1)!.map(fields));
    const tags = values.map((event) => event.map((value) => text(value.get(1)![0])));
    expect(tags[0]).toEqual(["train/loss", "validation/loss", "validation/dice", "learning rate"]);
    expect(tags[3]).toEqual(["settings", "test/dice", "test/iou", "a/1/input", "a/1/truth", "a/1/prediction"]);
    const dice = values[1][2].get(2)![0];
    expect(new DataView(dice.buffer, dice.byteOffset, 4).getFloat32(0, true)).toBe(0.5);
    const image = fields(values[3][3].get(4)![0]);
    expect([...image.get(4)![0].subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  });

  it("has the same bytes each time", async () => {
    expect([...(await write())]).toEqual([...(await write())]);
  });

  const python = process.env.EOSIN_TENSORBOARD_PYTHON;
  it.skipIf(python === undefined)(
    "is read by TensorBoard itself (skipped without EOSIN_TENSORBOARD_PYTHON)",
    async () => {
      const events = join(folder, "events");
      for (const [name, data] of await write()) {
        mkdirSync(dirname(join(events, name)), { recursive: true });
        writeFileSync(join(events, name), data);
      }
      const script = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
reader = EventAccumulator(sys.argv[1], size_guidance={"images": 0, "tensors": 0, "scalars": 0})
reader.Reload()
tags = reader.Tags()
settings = reader.Tensors("settings")[0].tensor_proto.string_val[0].decode()
scalars = {tag: [[e.step, e.value] for e in reader.Scalars(tag)] for tag in tags["scalars"]}
images = {tag: [reader.Images(tag)[0].width, reader.Images(tag)[0].height] for tag in tags["images"]}
print(json.dumps({"scalars": scalars, "images": images, "settings": settings}))
`;
      const output = execFileSync(python!, ["-c", script, join(events, "train-fold-0")], { encoding: "utf8" });
      const seen = JSON.parse(output);
      expect(seen.scalars["validation/dice"]).toEqual([
        [1, 0.25],
        [2, 0.5],
        [3, 0.75],
      ]);
      expect(seen.scalars["test/dice"][0][1]).toBeCloseTo((1 + 2 / 3) / 2, 6);
      expect(seen.images).toEqual({ "a/1/input": [8, 8], "a/1/truth": [8, 8], "a/1/prediction": [8, 8] });
      expect(seen.settings).toContain("| loss.with.α | 0.3 |");
      expect(seen.settings).toContain("| step | train[fold-0], cosas.yaml:9 |");
    },
  );
});

it("folds in any script have folders of their own", async () => {
  const written = await write(["東京", "大阪", "a+b", "a b"]);
  const folders = [...written.keys()].map((name) => name.split("/")[0]);
  expect(folders).toEqual(["train-東京", "train-大阪", "train-a-b", "train-a-b-2"]);
});
