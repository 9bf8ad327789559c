import { join } from "node:path";
import type { ComponentContext, StepComponent, StepContext } from "@eosin/plugin-api";
import {
  type PredictedSample,
  type Predictions,
  predictionBlobName,
  type RgbImage,
  type Sample,
  type Split,
  sampleLoader,
} from "@eosin/plugin-api/imaging";
import { type StoredTensor, storedFloat32, writeStoredTensors } from "@eosin/plugin-api/tensor-file";
import type { Options } from "./options.js";

export function create({ options, services, modules }: ComponentContext<Options>): StepComponent<Predictions> {
  return {
    async run(step) {
      const { value: split } = await step.open(options.split);
      const loader = await services.get(sampleLoader);
      const ids = split[options.part];
      const request = { dataset: split.dataset, ids, seed: step.seed, workers: 1, modules, log: step.log };
      const groups = groupsOf(split);
      const samples: PredictedSample[] = [];
      for await (const sample of loader.samples(request)) {
        step.signal.throwIfAborted();
        const { id, domain, image } = sample;
        await write(step, predictionBlobName(samples.length), sample, options.threshold);
        const group = groups.get(id);
        samples.push({
          id,
          domain,
          width: image.width,
          height: image.height,
          ...(group === undefined ? {} : { group }),
        });
        step.progress({ unit: "patch", current: samples.length, total: ids.length });
      }
      return {
        predictor: "dark pixels",
        role: "baseline",
        split: split.key,
        threshold: options.threshold,
        trainedOn: [], // it learns from no domain
        samples,
      };
    },
  };
}

/** What figures are resampled by: patches of one patient, say, are not independent cases. */
function groupsOf({ dataset, groupBy }: Split): ReadonlyMap<string, string | undefined> {
  return new Map(dataset.samples.map(({ id, attributes }) => [id, groupBy && attributes?.[groupBy]]));
}

/** 0 is white, 1 is black; row-major. */
function darkness({ width, height, data }: RgbImage): Float32Array {
  const value = (i: number) => data[3 * i] + data[3 * i + 1] + data[3 * i + 2];
  return Float32Array.from({ length: width * height }, (_, i) => 1 - value(i) / (3 * 255));
}

async function write(step: StepContext, name: string, { image, mask }: Sample, threshold: number): Promise<void> {
  const shape = [image.height, image.width];
  const probability = darkness(image);
  const bytes = Uint8Array.from(probability, (value) => (value > threshold ? 1 : 0));
  const tensors = new Map<string, StoredTensor>([
    ["probability", storedFloat32(probability, shape)],
    ["prediction", { type: "U8", shape, bytes }],
    ["truth", { type: "U8", shape, bytes: mask?.data ?? new Uint8Array(bytes.length) }],
    ["image", { type: "U8", shape: [...shape, 3], bytes: image.data }],
  ]);
  const path = join(step.scratch, name);
  await writeStoredTensors(path, tensors);
  await step.output.moveIn(name, path);
}
