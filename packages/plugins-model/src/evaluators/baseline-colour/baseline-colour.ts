import { EosinError, type Logger, type Rng } from "@eosin/plugin-api";
import { IGNORED, type Mask, type RgbImage, type Sample, type Split } from "@eosin/plugin-api/imaging";
import type { Baseline, PixelPredictor } from "../baselines/baseline.js";
import { fitLogistic, type LabelledRows } from "./logistic-regression.js";
import { QUADRATIC_RGB, writeQuadraticRgb } from "./quadratic-rgb.js";

/** Logistic regression on the quadratic features of a pixel's colour: what can be had without looking at tissue. */
export class ColourBaseline implements Baseline {
  readonly title = "colour of the pixel, logistic regression";
  readonly #pixels: number;
  readonly #rng: (...key: readonly string[]) => Rng;
  readonly #log: Logger;

  /** @param pixels To fit on, over all training images. */
  constructor(pixels: number, { rng, log }: { rng(...key: readonly string[]): Rng; log: Logger }) {
    this.#pixels = pixels;
    this.#rng = (...key) => rng(...key);
    this.#log = log;
  }

  async fit(split: Split, training: () => AsyncIterable<Sample>): Promise<PixelPredictor> {
    const perImage = Math.ceil(this.#pixels / split.train.length);
    const rows = await this.#draw(training(), split.train.length, perImage);
    if (rows.labels.length === 0) throw nothingToFit(split);
    const { weights, iterations, loss } = fitLogistic(rows);
    this.#log.info(
      `Colour baseline: fitted on ${rows.labels.length} pixels in ${iterations} Newton steps, mean log-loss ${loss.toFixed(4)}.`,
    );
    return (image) => predict(image, weights);
  }

  async #draw(training: AsyncIterable<Sample>, images: number, perImage: number): Promise<LabelledRows> {
    const features = new Float64Array(images * perImage * QUADRATIC_RGB);
    const labels = new Uint8Array(images * perImage);
    let row = 0;
    for await (const { id, image, mask } of training) {
      const valid = countedPixels(mask);
      const count = valid?.length ?? image.width * image.height;
      const rng = this.#rng("pixels", id);
      for (let i = 0; i < Math.min(perImage, count); i++, row++) {
        const drawn = count <= perImage ? i : rng.integer(count);
        const pixel = valid?.[drawn] ?? drawn;
        writeQuadraticRgb(image.data, pixel, features, row);
        labels[row] = mask?.data[pixel] ?? 0;
      }
    }
    return {
      features: features.subarray(0, row * QUADRATIC_RGB),
      labels: labels.subarray(0, row),
      columns: QUADRATIC_RGB,
    };
  }
}

/** Where the pixels are that count; nothing where all do. */
function countedPixels(mask: Mask | undefined): Uint32Array | undefined {
  if (!mask?.data.includes(IGNORED)) return undefined;
  const places = new Uint32Array(mask.data.length);
  let count = 0;
  for (const [place, label] of mask.data.entries()) if (label !== IGNORED) places[count++] = place;
  return places.subarray(0, count);
}

function predict({ width, height, data }: RgbImage, weights: Float64Array): Float32Array {
  const probability = new Float32Array(width * height);
  const features = new Float64Array(QUADRATIC_RGB);
  for (let pixel = 0; pixel < probability.length; pixel++) {
    writeQuadraticRgb(data, pixel, features, 0);
    let logit = 0;
    for (let i = 0; i < QUADRATIC_RGB; i++) logit += weights[i] * features[i];
    probability[pixel] = 1 / (1 + Math.exp(-logit));
  }
  return probability;
}

function nothingToFit({ key, train }: Split): EosinError {
  return new EosinError({
    code: "NOTHING_TO_FIT",
    message: `All pixels of the training part of ${key} are ignored: there is nothing to fit the colours to.`,
    expected: "patches with pixels that count",
    found: `${train.length} whose pixels are all ignored`,
    next: "Look at what `classes: { ignore: … }` of the data set leaves out (`pipe data check`).",
  });
}
