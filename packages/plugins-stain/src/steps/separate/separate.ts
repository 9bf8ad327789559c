import { join } from "node:path";
import type { ComponentContext, StepComponent, StepContext } from "@eosin/plugin-api";
import { predictionBlobName, type StainSeparation, sampleLoader } from "@eosin/plugin-api/imaging";
import { storedFloat32, writeStoredTensors } from "@eosin/plugin-api/tensor-file";
import type { z } from "@eosin/plugin-api/zod";
import { isUnsuitable, unsuitablePolicy } from "../../estimation/unsuitable.js";
import type { separateOptions } from "./options.js";
import type { StainSeparations } from "./stain-separations.js";

export function createSeparate(
  component: ComponentContext<z.output<typeof separateOptions>>,
): StepComponent<StainSeparations> {
  const { options, services, modules } = component;
  return {
    async run(step) {
      const { value: dataset } = await step.open(options.dataset);
      const loader = await services.get(sampleLoader);
      const separator = await component.create(options.separator);
      const policy = unsuitablePolicy(
        "stain/separate",
        { unsuitable: options.unsuitable, log: step.log },
        "not separated",
      );
      const { size, interpolation, workers } = options;
      const ids = dataset.samples.map(({ id }) => id);
      const samples: StainSeparations["samples"][number][] = [];
      for await (const { id, domain, image } of loader.samples({
        dataset,
        ids,
        size: typeof size === "number" ? { width: size, height: size } : size,
        interpolation,
        seed: step.seed,
        workers,
        modules,
        log: step.log,
      })) {
        step.signal.throwIfAborted();
        const name = { id, domain, width: image.width, height: image.height };
        const separation = separator.separate(image);
        if (isUnsuitable(separation)) {
          policy.leave(id, separation);
          samples.push({ ...name, unsuitable: separation.unsuitable });
        } else {
          await writeSeparation(step, samples.length, separation);
          const { stains, matrix, white } = separation;
          samples.push({ ...name, stains, matrix, white });
        }
        step.progress({ unit: "patch", current: samples.length, total: ids.length });
      }
      return { separator: options.separator.uses, samples };
    },
  };
}

async function writeSeparation(
  step: StepContext,
  index: number,
  { densities, matrix }: StainSeparation,
): Promise<void> {
  const { width, height, stains, data } = densities;
  const name = predictionBlobName(index);
  const path = join(step.scratch, name);
  const tensors = new Map([
    ["density", storedFloat32(data, [height, width, stains])],
    ["matrix", storedFloat32(Float32Array.from(matrix.flat()), [stains, 3])],
  ]);
  await writeStoredTensors(path, tensors);
  await step.output.moveIn(name, path);
}
