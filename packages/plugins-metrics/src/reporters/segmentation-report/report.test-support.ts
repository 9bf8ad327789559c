import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  type Artifact,
  type ComponentSpec,
  createRng,
  type MissingInput,
  type StepContext,
  type TracedLook,
} from "@eosin/plugin-api";
import { type Predictions, predictionBlobName } from "@eosin/plugin-api/imaging";
import type { Metric } from "@eosin/plugin-api/learning";
import { storedFloat32, writeStoredTensors } from "@eosin/plugin-api/tensor-file";
import { createOwnMetric } from "../../metrics/own-metrics.js";
import { reportOptions } from "./options.js";
import { createSegmentationReport } from "./segmentation-report.js";

const side = 24;
const ignoring = (truth: Uint8Array, rows: number) => truth.map((label, i) => (i < rows * side ? 255 : label));

/**
 * A disc as truth; the prediction is the disc shifted by `shift` pixels.
 * @param folder Where its blobs go.
 * @param ignoredRows By id: how many rows of the truth, from the top, are ignored.
 */
export async function writePredictions(
  folder: string,
  instance: string,
  value: Partial<Predictions>,
  axes: Record<string, string>,
  shift: number,
  ignoredRows: { readonly [id: string]: number } = {},
) {
  const samples = ["a/1", "a/2", "a/3", "b/1", "b/2", "b/3"].map((id) => ({
    id,
    domain: id[0],
    width: side,
    height: side,
  }));
  const own = join(folder, instance.replaceAll(/\W/g, "-"));
  await mkdir(own, { recursive: true });
  for (const [index, { id }] of samples.entries()) {
    const rng = createRng(instance, id);
    const disc = (dx: number) =>
      Uint8Array.from(
        { length: side * side },
        (_, i) => +(Math.hypot((i % side) - 10 - dx, Math.floor(i / side) - 12) < 7),
      );
    const prediction = disc(shift + index);
    await writeStoredTensors(
      join(own, predictionBlobName(index)),
      new Map([
        [
          "probability",
          storedFloat32(
            Float32Array.from(prediction, (p) => 0.1 + 0.8 * p * rng.uniform()),
            [side, side],
          ),
        ],
        ["prediction", { type: "U8", shape: [side, side], bytes: prediction }],
        ["truth", { type: "U8", shape: [side, side], bytes: ignoring(disc(0), ignoredRows[id] ?? 0) }],
        [
          "image",
          { type: "U8", shape: [side, side, 3], bytes: new Uint8Array(side * side * 3).map(() => rng.integer(256)) },
        ],
        [
          "density",
          storedFloat32(
            new Float32Array(side * side * 2).map(() => rng.uniform()),
            [side, side, 2],
          ),
        ],
      ]),
    );
  }
  const artifact: Artifact<Predictions> = {
    type: "predictions",
    instance,
    axes,
    value: { predictor: "net", role: "network", split: "fold-0", threshold: 0.5, trainedOn: ["a"], samples, ...value },
    blobNames: samples.map((_, index) => predictionBlobName(index)),
    blobPath: (name) => join(own, name),
  };
  return artifact;
}

export async function report(
  artifacts: readonly Artifact<unknown>[],
  options: Record<string, unknown>,
  missing?: readonly MissingInput[],
  looks: readonly TracedLook[] = [],
  further: { readonly [type: string]: Metric } = {},
) {
  const written = new Map<string, string>();
  const context = {
    instance: "report",
    missing,
    open: async (handle: { $artifact: { instance: string } }) =>
      artifacts.find((each) => each.instance === handle.$artifact.instance),
    output: { write: async (name: string, data: string) => void written.set(name, data) },
    progress: () => {},
    drawSteps: async () => "<svg><title>steps</title></svg>",
    provenance: {
      document: { name: "test <run>", file: "/somewhere/test.yaml" },
      params: { alpha: 0.3 },
      seed: 7,
      plugins: { "@eosin/plugins-metrics": "0.1.0" },
      steps: [],
      looks,
    },
  } as unknown as StepContext;
  const step = createSegmentationReport({
    options: reportOptions.parse(options),
    create: async (spec: ComponentSpec) => further[spec.uses] ?? createOwnMetric(spec),
  } as never);
  return { value: await step.run(context), written };
}

export const handle = (type: string, instance: string) => ({ $artifact: { type, instance } });
