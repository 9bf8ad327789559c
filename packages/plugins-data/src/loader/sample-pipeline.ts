import { createRng, EosinError, instantiate, type Logger, type Rng } from "@eosin/plugin-api";
import type { Augmenter, CropWindow, RgbImage, Sample, SampleEntry } from "@eosin/plugin-api/imaging";
import { resizeSample, type Size } from "../resize/resize-sample.js";
import { SampleCropper } from "../windows/crop-sample.js";
import { randomWindow } from "../windows/place-window.js";
import type { Draw } from "./epoch-draws.js";
import type { PipelineSetup } from "./pipeline-setup.js";
import type { PreparedSample, Remark } from "./remark.js";
import { preparedSize } from "./scaled-size.js";

/** One drawing of a sample. */
export interface SampleDraw extends Omit<Draw, "position"> {
  readonly epoch: number;
}

/** Reads, resizes, normalises and augments samples, in whichever thread it was built. */
export interface SamplePipeline {
  /** The part that is the same in every epoch: read, resize, normalise. */
  prepare(entry: SampleEntry): Promise<PreparedSample>;
  /**
   * The random part, keyed by (seed, component type, sample id, epoch, and which time in it): what the augmenters make of
   * the sample, or of a window of it where samples have a scale.
   * @param visited Gets every image on the way, to be released when the sample has been copied.
   * @returns Until the next call: windows share their memory.
   */
  augment(sample: Sample, draw: SampleDraw, visited: RgbImage[]): Sample;
}

export async function buildPipeline(setup: PipelineSetup, log: Logger): Promise<SamplePipeline> {
  const { modules, size, scale, interpolation } = setup;
  const reader = await instantiate(setup.reader, { modules, log });
  const cropper = new SampleCropper();
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
  const augmenters: { key: readonly (string | number)[]; augmenter: Augmenter }[] = [];
  for (const { spec, state } of setup.augmenters) {
    const before = augmenters.filter(({ key: [type] }) => type === spec.uses).length;
    // Of the first of a type nothing, as before there were several.
    const key = before === 0 ? [spec.uses] : [spec.uses, "again", before];
    augmenters.push({ key, augmenter: await instantiate(spec, { modules, log, state }) });
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
      const whole = preparedSize(entry, setup);
      const resized = whole ? await resizeSample(wanted, whole, interpolation) : wanted;
      if (!normalizer) return { sample: resized, remarks: [] };
      // Nothing is awaited between the two lines: these remarks are about this sample.
      const image = normalizer.normalize(resized.image, entry.id);
      return { sample: { ...resized, image }, remarks: remarks.splice(0) };
    },
    augment(sample, draw, visited) {
      const rngOf = ([type, ...more]: readonly (string | number)[]) =>
        createRng(setup.seed, type, sample.id, draw.epoch, ...repeatKey(draw), ...more);
      let window = scale && size && (draw.window ?? drawnWindow(sample, size, draw, rngOf(["window"])));
      let current = sample;
      for (const { key, augmenter } of augmenters) {
        const rng = rngOf(key);
        if (window && augmenter.applyWithin) current = augmenter.applyWithin(current, window, rng);
        else current = augmenter.apply(window ? cropper.crop(current, window) : current, rng);
        window = undefined;
        visited.push(current.image);
      }
      if (window) current = cropper.crop(current, window);
      // One that was prepared for augmenters that give them.
      if (setup.densities && !current.density) throw densityMissing(sample.id, setup.reader.uses);
      return current;
    },
  };
}

/** Of the first time nothing, as before a sample could be drawn again. */
function repeatKey({ repeat }: SampleDraw): readonly number[] {
  return repeat === 0 ? [] : [repeat];
}

function drawnWindow({ image, mask }: Sample, size: Size, { tumour }: SampleDraw, rng: Rng): CropWindow {
  return randomWindow(image, size, rng, tumour ? mask : undefined);
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
