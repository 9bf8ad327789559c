import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type {
  Artifact,
  ArtifactHandle,
  JsonValue,
  Look,
  LookContext,
  PlannedList,
  PlannedOutput,
} from "@eosin/plugin-api";
import type { DatasetIndex, Split } from "@eosin/plugin-api/imaging";
import { expect, it } from "vitest";
import { unionIndex } from "../samples/union-index.js";
import { temporaryFolder } from "../testing/picture-folder.test-support.js";
import { lookAtSplit } from "./look-at-split.js";
import { lookAtUnion } from "./look-at-union.js";
import { readRecords, writeRecords } from "./look-blobs.js";
import type { LookRecord } from "./look-record.js";
import { lookRecord } from "./looked.test-support.js";

const handle = (instance: string): ArtifactHandle<DatasetIndex> => ({ $artifact: { type: "dataset", instance } });

function indexOf(name: string, ids: readonly string[], range?: number): DatasetIndex {
  const reader = { uses: "data/x", with: { ...(range && { range }) }, kind: "dataset", plugin: "@eosin/plugins-data" };
  const samples = ids.map((id) => ({ id, domain: id[0], width: 64, height: 48, hash: id, source: id }));
  return { name, summary: name, reader, samples };
}

async function outputAt(folder: string): Promise<LookContext["output"]> {
  return { write: async (name, data) => writeFile(join(folder, name), data), moveIn: async () => {} };
}

/** The look at a data set as the store has it. */
async function stored(records: readonly LookRecord[], settled?: DatasetIndex): Promise<Artifact<Look>> {
  const folder = await temporaryFolder();
  await writeRecords(await outputAt(folder), records);
  return artifactAt(folder, {
    lines: [],
    ...(settled && { settled: { value: settled as unknown as JsonValue, identity: "identity" } }),
  });
}

function artifactAt(folder: string, value: Look): Artifact<Look> {
  const blobNames = ["records.jsonl", "pictures.bin"];
  return { type: "look", instance: "look", axes: {}, value, blobNames, blobPath: (name) => join(folder, name) };
}

async function contextOf<Output extends PlannedOutput>(
  planned: Output,
  looks: { readonly [instance: string]: Artifact<Look> | undefined },
  datasets: { readonly [instance: string]: DatasetIndex },
): Promise<LookContext<Output> & { folder: string }> {
  const folder = await temporaryFolder();
  const settled = (instance: string) =>
    (looks[instance]?.value.settled as { value: DatasetIndex } | undefined)?.value ?? datasets[instance];
  return {
    folder,
    planned,
    output: await outputAt(folder),
    lookAt: async ({ $artifact: { instance } }: ArtifactHandle) => looks[instance],
    open: async ({ $artifact: { instance } }: ArtifactHandle) => ({ value: settled(instance) }),
  } as unknown as LookContext<Output> & { folder: string };
}

const fold = (dataset: DatasetIndex, train: readonly string[], test: readonly string[]): PlannedList<Split> => ({
  items: [
    {
      key: "fold-0",
      value: { key: "fold-0", dataset, train, validation: [], test },
      identity: "fold",
    },
  ],
});

it("a picture on two sides of a split is said, also where it is not an equal file", async () => {
  const records = [await lookRecord("a/0", 1), await lookRecord("a/1", 2), await lookRecord("a/2", 1)];
  const index = indexOf("data", ["a/0", "a/1", "a/2"]);
  const look = (train: readonly string[], test: readonly string[]) =>
    stored(records).then(async (data) => {
      const context = await contextOf(fold(index, train, test), { data }, { data: index });
      return lookAtSplit([handle("data")], ([only]) => only, context);
    });
  expect((await look(["a/0", "a/1"], ["a/2"])).lines).toEqual([
    {
      level: "warning",
      text: expect.stringMatching(/^Leak: 1 picture of the test part .*a\/0 and a\/2 \(identical\)/),
    },
  ]);
  const apart = await look(["a/0", "a/2"], ["a/1"]);
  expect(apart.lines).toEqual([]);
  expect(apart.settled).toBeUndefined();
});

it("a part of a split without any tumour is said", async () => {
  const empty = async (id: string, which: number) => {
    const record = await lookRecord(id, which);
    return { ...record, sample: { ...record.sample, figures: { ...record.sample.figures, foreground: 0 } } };
  };
  const index = indexOf("data", ["a/0", "a/1"]);
  const data = await stored([await lookRecord("a/0", 1), await empty("a/1", 2)]);
  const context = await contextOf(fold(index, ["a/0"], ["a/1"]), { data }, { data: index });
  const { lines } = await lookAtSplit([handle("data")], ([only]) => only, context);
  expect(lines).toEqual([{ level: "warning", text: "No mask of the test part holds tumour (1 mask: a/1)." }]);
});

it("readers of a split get the reader that the look at its data set settled", async () => {
  const index = indexOf("data", ["a/0", "a/1"]);
  const settled = indexOf("data", ["a/0", "a/1"], 4095);
  const data = await stored([await lookRecord("a/0", 1), await lookRecord("a/1", 2)], settled);
  const context = await contextOf(fold(index, ["a/0"], ["a/1"]), { data }, { data: index });
  const look = await lookAtSplit([handle("data")], ([only]) => only, context);
  const [item] = look.settled!.items;
  expect(item).toMatchObject({ key: "fold-0", identity: "fold", value: { train: ["a/0"], test: ["a/1"] } });
  expect(item.value.dataset.reader.with).toEqual({ range: 4095 });
});

it("a union says which pictures two members share, and hands on records and settled readers", async () => {
  const [one, two] = [indexOf("one", ["a/0", "a/1"]), indexOf("two", ["b/0"])];
  const settled = indexOf("two", ["b/0"], 4095);
  const looks = {
    one: await stored([await lookRecord("a/0", 1), await lookRecord("a/1", 1)]),
    two: await stored([await lookRecord("b/0", 1)], settled),
  };
  const handles = [handle("one"), handle("two")];
  const planned = { value: unionIndex([one, two], handles), identity: "union" };
  const context = await contextOf(planned, looks, { one, two });
  const look = await lookAtUnion(handles, context);
  expect(look.lines).toHaveLength(1);
  expect(look.lines[0].text).toContain("b/0");
  const { value, identity } = look.settled!;
  expect(identity).toBe("union");
  const readers = value.samples.map(({ source }) => (source as unknown as { reader: { with: object } }).reader.with);
  expect(readers).toEqual([{}, {}, { range: 4095 }]);
  const records = await readRecords(artifactAt(context.folder, look));
  expect(records.map(({ sample }) => sample.id)).toEqual(["a/0", "a/1", "b/0"]);
});

it("a data set without a look is none to speak of", async () => {
  const index = indexOf("data", ["a/0", "a/1"]);
  const context = await contextOf(fold(index, ["a/0"], ["a/1"]), {}, { data: index });
  expect(await lookAtSplit([handle("data")], ([only]) => only, context)).toEqual({ lines: [] });
});
