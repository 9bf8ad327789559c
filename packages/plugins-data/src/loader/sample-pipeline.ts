import { createRng, EosinError, instantiate, type Logger } from "@eosin/plugin-api";
import type { Augmenter, RgbImage, Sample, SampleEntry } from "@eosin/plugin-api/imaging";
import { resizeSample } from "../resize/resize-sample.js";
import type { PipelineSetup } from "./pipeline-setup.js";
import type { PreparedSample, Remark } from "./remark.js";

/** Reads, resizes, normalises and augments samples, in whichever thread it was built. */
export interface SamplePipeline {
  /** The part that is the same in every epoch: read, resize, normalise. */
  prepare(entry: SampleEntry): Promise<PreparedSample>;
  /**
   * The random part, keyed by (seed, component type, sample id, epoch).
   * @param visited Gets every image on the way, to be released when the sample has been copied.
   */
  augment(sample: Sample, epoch: number, visited: RgbImage[]): Sample;
}

export async function buildPipeline(setup: PipelineSetup, log: Logger): Promise<SamplePipeline> {
  const { modules, size, interpolation } = setup;
  const reader = await instantiate(setup.reader, { modules, log });
  const remarks: Remark[] = [];
  const remarking: Logger = {
    info: (message) => log.info(message),
    warn: (message, about) => (about ? remarks.push({ message, about }) : log.warn(message)),
  };
  const normalizer =
    setup.normalizer &&
    (await instantiate(setup.normalizer.spec, {
      modules,
      log: remarking,
      state: setup.normalizer.state,
    }));
  const augmenters: { type: string; augmenter: Augmenter }[] = [];
  for (const { spec, state } of setup.augmenters) {
    augmenters.push({ type: spec.uses, augmenter: await instantiate(spec, { modules, log, state }) });
  }
  const given = augmenters.some(({ augmenter }) => augmenter.givesDensity);
  return {
    async prepare(entry) {
      const read = await reader.read(entry);
      const wanted: Sample = {
        id: entry.id,
        domain: entry.domain,
        image: read.image,
        mask: read.mask,
        density: setup.densities ? read.density : undefined,
        ...(read.remarks && { remarks: read.remarks }),
      };
      if (setup.densities && !given && !wanted.density) throw densityMissing(entry.id, setup.reader.uses);
      const resized = size ? await resizeSample(wanted, size, interpolation) : wanted;
      if (!normalizer) return { sample: resized, remarks: [] };
      // Nothing is awaited between the two lines: these remarks are about this sample.
      const image = normalizer.normalize(resized.image, entry.id);
      return { sample: { ...resized, image }, remarks: remarks.splice(0) };
    },
    augment(sample, epoch, visited) {
      let current = sample;
      for (const { type, augmenter } of augmenters) {
        current = augmenter.apply(current, createRng(setup.seed, type, sample.id, epoch));
        visited.push(current.image);
      }
      // One that was prepared for augmenters that give them.
      if (setup.densities && !current.density) throw densityMissing(sample.id, setup.reader.uses);
      return current;
    },
  };
}

function densityMissing(id: string, reader: string): EosinError {
  return new EosinError({
    code: "DENSITY_MISSING",
    message: "The sample has no stain densities.",
    place: id,
    expected: "a dataset whose samples bring true densities, such as data/synthetic, or an augmenter that gives them",
    found: reader,
    next: "Add stain/density-targets to augment, or use a loss that needs no densities.",
  });
}
