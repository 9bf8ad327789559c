import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Artifact, StepContext } from "@eosin/plugin-api";
import { type Predictions, predictionBlobName } from "@eosin/plugin-api/imaging";
import type { TrainedModel } from "@eosin/plugin-api/learning";
import { storedFloat32, writeStoredTensors } from "@eosin/plugin-api/tensor-file";

const side = 8;

/** A model of three epochs and its predictions of two patches, Dice 1 and 2/3, for one fold. */
export async function trainedFold(folder: string, fold: string): Promise<readonly Artifact<unknown>[]> {
  const axes = { fold };
  const history = [1, 2, 3].map((epoch) => ({
    epoch,
    learningRate: 0.001,
    train: { loss: 1 / epoch },
    validation: { loss: 1.5 / epoch, dice: 0.25 * epoch },
  }));
  const model = { title: "U-Net, α 0.3", bestEpoch: 3, history, split: fold } as unknown as TrainedModel;
  const samples = ["a/1", "a/2"].map((id) => ({ id, domain: "a", width: side, height: side }));
  const own = join(folder, fold);
  mkdirSync(own, { recursive: true });
  const half = (rows: number) => Uint8Array.from({ length: side * side }, (_, i) => +(i < rows * side));
  for (const index of samples.keys()) {
    const prediction = half(index === 0 ? 4 : 2);
    await writeStoredTensors(
      join(own, predictionBlobName(index)),
      new Map([
        ["probability", storedFloat32(Float32Array.from(prediction), [side, side])],
        ["prediction", { type: "U8", shape: [side, side], bytes: prediction }],
        ["truth", { type: "U8", shape: [side, side], bytes: half(4) }],
        ["image", { type: "U8", shape: [side, side, 3], bytes: new Uint8Array(side * side * 3).fill(210) }],
      ]),
    );
  }
  const value: Predictions = {
    predictor: "U-Net",
    role: "network",
    split: fold,
    threshold: 0.5,
    trainedOn: ["a"],
    samples,
  };
  const blobs = {
    blobNames: samples.map((_, i) => predictionBlobName(i)),
    blobPath: (name: string) => join(own, name),
  };
  return [
    { type: "model", instance: `train[${fold}]`, axes, value: model, ...blobs },
    { type: "predictions", instance: `evaluate[${fold}]`, axes, value, ...blobs },
  ];
}

/** What a tracking step meets; blobs that it writes and warnings go to `written` and `warnings`. */
export function trackingContext(artifacts: readonly Artifact<unknown>[]) {
  const written = new Map<string, Uint8Array>();
  const warnings: string[] = [];
  const context = {
    instance: "tracking",
    signal: new AbortController().signal,
    log: { info: () => {}, warn: (message: string) => void warnings.push(message) },
    open: async (handle: { $artifact: { instance: string } }) =>
      artifacts.find((each) => each.instance === handle.$artifact.instance),
    output: { write: async (name: string, data: Uint8Array) => void written.set(name, data) },
    progress: () => {},
    provenance: {
      document: { name: "cosas", file: "/somewhere/cosas.yaml" },
      profile: "demo",
      params: {},
      seed: 7,
      plugins: { "@eosin/plugins-model": "0.1.0" },
      engine: { name: "wasm", version: "4" },
      steps: artifacts.map(({ instance, type }) => ({
        instance,
        uses: `model/${type}`,
        plugin: "@eosin/plugins-model",
        fingerprint: instance.padEnd(64, "0"),
        place: "cosas.yaml:9",
        inputs: [],
        options: { epochs: 3, loss: { uses: "model/a|b", with: { α: 0.3 } }, split: { $artifact: { type: "split" } } },
      })),
    },
  } as unknown as StepContext;
  return { context, written, warnings };
}

export function handlesOf(artifacts: readonly Artifact<unknown>[], type: string) {
  return artifacts.filter((each) => each.type === type).map(({ instance }) => ({ $artifact: { type, instance } }));
}
