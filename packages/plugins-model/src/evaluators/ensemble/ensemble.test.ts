import { join } from "node:path";
import type { Artifact } from "@eosin/plugin-api";
import { type ChosenSettings, type Predictions, predictionBlobName } from "@eosin/plugin-api/imaging";
import { readSafetensors, storedFloat32, toFloat32, writeStoredTensors } from "@eosin/plugin-api/tensor-file";
import { expect, test } from "vitest";
import { handle, runStep, temporaryFolder } from "../../testing/step-harness.test-support.js";

const [width, height] = [3, 2];

/** @param patches Confidences of each pixel, by id. */
async function member(
  instance: string,
  patches: { readonly [id: string]: readonly number[] },
  more: Partial<Predictions> = {},
  size = { width, height },
): Promise<Artifact<Predictions>> {
  const folder = await temporaryFolder();
  for (const [i, confidences] of Object.values(patches).entries()) {
    const shape = [size.height, size.width];
    const bytes = (values: readonly number[]) => Uint8Array.from(values);
    const tensors = new Map([
      ["probability", storedFloat32(Float32Array.from(confidences), shape)],
      ["truth", { type: "U8" as const, shape, bytes: bytes([1, 1, 0, 0, 255, 0]) }],
      ["image", { type: "U8" as const, shape: [...shape, 3], bytes: bytes(Array.from({ length: 18 }, (_, at) => at)) }],
    ]);
    await writeStoredTensors(join(folder, predictionBlobName(i)), tensors);
  }
  const attributes = { patient: "P1" };
  const value: Predictions = {
    ...{ predictor: "U-Net, tiny", role: "network", split: "fold-0", part: "test", threshold: 0.5, trainedOn: ["b"] },
    samples: Object.keys(patches).map((id) => ({ id, domain: "a", ...size, group: "P1", attributes })),
    ...more,
  };
  return { type: "predictions", instance, axes: {}, value, blobNames: [], blobPath: (name) => join(folder, name) };
}

async function combine(members: readonly Artifact<Predictions>[], options: object = {}, settings?: ChosenSettings) {
  const predictions = members.map(({ instance }) => handle("predictions", instance));
  const artifacts = {
    ...Object.fromEntries(members.map((each) => [each.instance, each])),
    choose: { value: settings },
  };
  const run = await runStep("model/ensemble", { predictions, ...options }, { artifacts });
  const value = run.value as unknown as Predictions;
  const blob = async (index: number) => readSafetensors(join(run.blobs, predictionBlobName(index)));
  const probability = async (index: number) => [...toFloat32((await blob(index)).get("probability")!)];
  return { value, blob, probability };
}

const close = (found: readonly number[], expected: readonly number[]) => {
  for (const [i, each] of expected.entries()) expect(found[i]).toBeCloseTo(each, 6);
};

test("averages how sure members are of foreground, where all say it; settings may ask for it", async () => {
  const patch = [0.9, 0.8, 0.1, 0.2, 0.3, 0.4];
  const sure = async (instance: string, presence?: number) => {
    const made = await member(instance, { p0: patch });
    const samples = made.value.samples.map((each) => ({ ...each, presence }));
    return { ...made, value: { ...made.value, samples } };
  };
  const both = [await sure("a", 0.2), await sure("b", 0.9)];
  const { value } = await combine(both);
  expect(value.samples[0].presence).toBeCloseTo(0.55, 6);
  const logits = await combine(both, { average: "logit" });
  expect(logits.value.samples[0].presence).toBeCloseTo(0.6, 6);
  const predicted = async (presence: number) => {
    const { blob } = await combine(both, { presence });
    return [...(await blob(0)).get("prediction")!.bytes];
  };
  expect(await predicted(0.5)).toEqual([1, 1, 0, 0, 0, 0]);
  expect(await predicted(0.6)).toEqual([0, 0, 0, 0, 0, 0]);
  const some = [await sure("a", 0.2), await sure("b")];
  expect((await combine(some)).value.samples[0]).not.toHaveProperty("presence");
});

test("tells how its members saw images, where that is one way", async () => {
  const views = { scale: { factor: 0.5 }, rotations: [0], flips: true };
  const settings = { ...views, threshold: 0.4, postprocess: [] };
  const of = (more: object) => member(JSON.stringify(more), { p0: [0, 0, 0, 0, 0, 0] }, more);
  const alike = [await of({ settings }), await of({ settings: { ...settings, threshold: 0.6 } })];
  const { value } = await combine(alike, { threshold: 0.7 });
  expect(value.settings).toEqual({ ...views, threshold: 0.7, postprocess: [] });
  const unlike = [alike[0], await of({ settings: { ...settings, flips: false } })];
  expect((await combine(unlike)).value).not.toHaveProperty("settings");
});

test("averages the confidences of those that predicted a patch", async () => {
  const first = await member("a", { p0: [0.9, 0.8, 0.1, 0.2, 0.3, 0.4], p1: [0.6, 0.6, 0.6, 0.6, 0.6, 0.6] });
  const second = await member(
    "b",
    { p2: [0, 0, 0, 1, 1, 1], p0: [0.3, 0.6, 0.5, 0.2, 0.9, 1] },
    {
      ...{ split: "fold-1", trainedOn: ["a"], predictor: "U-Net, B0" },
    },
  );
  const { value, blob, probability } = await combine([first, second]);
  expect(value).toMatchObject({
    ...{ predictor: "ensemble of 2: U-Net, tiny; U-Net, B0", role: "network", split: "fold-0, fold-1", part: "test" },
    ...{ threshold: 0.5, trainedOn: ["a", "b"] },
  });
  expect(value.samples).toEqual(
    ["p0", "p1", "p2"].map((id) => ({ id, domain: "a", width, height, group: "P1", attributes: { patient: "P1" } })),
  );
  close(await probability(0), [0.6, 0.7, 0.3, 0.2, 0.6, 0.7]);
  close(await probability(1), [0.6, 0.6, 0.6, 0.6, 0.6, 0.6]);
  close(await probability(2), [0, 0, 0, 1, 1, 1]);
  const stored = await blob(0);
  expect([...stored.get("prediction")!.bytes]).toEqual([1, 1, 0, 0, 1, 1]);
  expect([...stored.get("truth")!.bytes]).toEqual([1, 1, 0, 0, 255, 0]);
  expect([...stored.get("image")!.bytes.subarray(0, 3)]).toEqual([0, 1, 2]);
});

test("averages logits where asked, finite where a member is certain", async () => {
  const logit = (p: number) => Math.log(p / (1 - p));
  const members = [
    await member("a", { p0: [0.9, 0, 1, 1, 0.5, 0.5] }),
    await member("b", { p0: [0.2, 0, 1, 0, 0.5, 0.9] }),
  ];
  const { probability } = await combine(members, { average: "logit" });
  const found = await probability(0);
  const of = (a: number, b: number) => 1 / (1 + Math.exp(-(logit(a) + logit(b)) / 2));
  close(found, [of(0.9, 0.2), 0, 1, found[3], 0.5, of(0.5, 0.9)]);
  expect(found.every(Number.isFinite)).toBe(true);
});

test("makes masks by settings that a step chose", async () => {
  const chosen = { metric: "m", score: 1, plain: 1, patches: 1, tried: 1 };
  const settings: ChosenSettings = { rotations: [0], threshold: 0.65, postprocess: [], chosen };
  const one = await member("a", { p0: [0.9, 0.8, 0.1, 0.2, 0.3, 0.6] });
  const how = { settings: handle("prediction-settings", "choose"), threshold: 0.1 };
  const { value, blob } = await combine([one], how, settings);
  expect(value.threshold).toBe(0.65);
  expect([...(await blob(0)).get("prediction")!.bytes]).toEqual([1, 1, 0, 0, 0, 0]);
});

test("refuses members that were trained on what they predict, or saw it otherwise", async () => {
  const map = { p0: [0.9, 0.8, 0.1, 0.2, 0.3, 0.6] };
  const test = await member("a", map);
  for (const part of ["validation", "train", undefined] as const) {
    await expect(combine([test, await member("b", map, { part })])).rejects.toMatchObject({ code: "MEMBERS_DIFFER" });
  }
  await expect(combine([await member("a", map, { part: "train" })])).rejects.toMatchObject({ code: "MEMBERS_DIFFER" });
  const turned = await member("b", map, {}, { width: height, height: width });
  await expect(combine([test, turned])).rejects.toMatchObject({
    code: "MEMBERS_DIFFER",
    found: "2 × 3 of b",
    next: expect.stringContaining("resolution: original"),
  });
  const validation = { part: "validation" as const };
  const both = await combine([await member("a", map, validation), await member("b", map, validation)]);
  expect(both.value.part).toBe("validation");
});
