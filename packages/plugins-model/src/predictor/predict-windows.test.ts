import type { RgbImage, Sample } from "@eosin/plugin-api/imaging";
import { expect, test } from "vitest";
import type { ImagePredictor } from "./image-predictor.js";
import { predictWindows } from "./predict-windows.js";
import { sampleViews } from "./sample-views.js";
import type { WindowSettings } from "./window-batches.js";
import { windowPlaces } from "./window-mean.js";
import { windowWeights } from "./window-weights.js";

const passes: number[] = [];
/** Says of each pixel what is in it: logits from red, two densities from green and blue. */
const telling = {
  async predict(images: Uint8Array, { count, height, width }: { count: number; height: number; width: number }) {
    passes.push(count);
    const pixels = Array.from({ length: count * height * width }, (_, i) => i);
    return {
      logits: Float32Array.from(pixels, (i) => (images[3 * i] - 128) / 40),
      density: Float32Array.from(pixels.flatMap((i) => [images[3 * i + 1], images[3 * i + 2]])),
      stains: 2,
    };
  },
};

function picture(width: number, height: number): RgbImage {
  return { width, height, data: Uint8Array.from({ length: 3 * width * height }, (_, i) => (i * 37) % 251) };
}

async function predict(
  images: readonly RgbImage[],
  how: Partial<WindowSettings> = {},
  predictor: Pick<ImagePredictor, "predict"> = telling,
) {
  async function* samples(): AsyncGenerator<Sample> {
    for (const [i, image] of images.entries()) yield { id: `a/${i}`, domain: "a", image };
  }
  passes.length = 0;
  const found = [];
  const settings = { size: { width: 8, height: 8 }, overlap: 0.5, batch: 4, ...how };
  for await (const each of predictWindows(predictor, samples(), settings)) found.push(each);
  return found;
}

test("what is said of pixels alone comes out as it is, of images of any size, in their order", async () => {
  const images = [picture(8, 8), picture(21, 13), picture(5, 30), picture(1, 1), picture(16, 8)];
  const found = await predict(images);
  expect(found.map(({ sample }) => sample.id)).toEqual(images.map((_, i) => `a/${i}`));
  found.forEach(({ probability, density }, i) => {
    const { data, width, height } = images[i];
    expect(probability).toHaveLength(width * height);
    for (let at = 0; at < width * height; at++) {
      expect(probability[at]).toBeCloseTo(1 / (1 + Math.exp(-(data[3 * at] - 128) / 40)), 5);
      for (const stain of [0, 1]) expect(density!.data[2 * at + stain]).toBeCloseTo(data[3 * at + 1 + stain], 3);
    }
  });
  // 1 + 5 · 3 + 7 + 1 + 3 windows, of several images at once.
  expect(passes).toEqual([4, 4, 4, 4, 4, 4, 3]);
});

test("an image is as likely to hold foreground as the surest of its windows says", async () => {
  const surest = {
    async predict(...[images, shape]: Parameters<ImagePredictor["predict"]>) {
      const { logits, stains } = await telling.predict(images, shape);
      const pixels = shape.height * shape.width;
      const presence = Float32Array.from({ length: shape.count }, (_, i) => logits[i * pixels]);
      return { logits, stains, presence };
    },
  };
  const images = [picture(8, 8), picture(20, 8)];
  const [one, several] = await predict(images, {}, surest);
  const said = (image: RgbImage, x: number) => 1 / (1 + Math.exp(-(image.data[3 * x] - 128) / 40));
  expect(one.presence).toBeCloseTo(said(images[0], 0), 5);
  expect(several.presence).toBeCloseTo(Math.max(...[0, 4, 8, 12].map((x) => said(images[1], x))), 5);
  expect((await predict(images))[0]).not.toHaveProperty("presence");
});

test("an image that one window covers keeps the network's very figures", async () => {
  const image = picture(8, 8);
  const [{ probability }] = await predict([image]);
  const expected = Float32Array.from({ length: 64 }, (_, i) => {
    const logit = Math.fround((image.data[3 * i] - 128) / 40);
    return 1 / (1 + Math.exp(-logit));
  });
  expect(probability).toEqual(expected);
});

test("windows that disagree are averaged by their Gaussian weights", async () => {
  let window = 0;
  const counting = {
    async predict(_: Uint8Array, { count }: { count: number }) {
      const logits = Float32Array.from({ length: 64 * count }, (__, i) => window + Math.floor(i / 64));
      window += count;
      return { logits, stains: 0 };
    },
  };
  const [{ probability, density }] = await predict([picture(12, 8)], {}, counting);
  expect(density).toBeUndefined();
  const weights = windowWeights({ width: 8, height: 8 });
  for (let x = 0; x < 12; x++) {
    const [first, second] = [x < 8 ? weights[24 + x] : 0, x >= 4 ? weights[24 + x - 4] : 0];
    const logit = second / (first + second);
    expect(probability[3 * 12 + x]).toBeCloseTo(1 / (1 + Math.exp(-logit)), 5);
  }
});

test("weights are largest in the middle, alike on all sides, and nowhere zero", () => {
  const weights = windowWeights({ width: 64, height: 32 });
  expect(Math.max(...weights)).toBeCloseTo(Math.exp(-((0.5 / 8) ** 2) / 2) * Math.exp(-((0.5 / 4) ** 2) / 2), 6);
  expect(Math.min(...weights)).toBeGreaterThan(0);
  for (const i of [0, 70, 1000]) expect(weights[weights.length - 1 - i]).toBeCloseTo(weights[i], 7);
  // An eighth of the side away from the middle, one standard deviation.
  expect(weights[16 * 64 + 40] / weights[16 * 64 + 32]).toBeCloseTo(Math.exp(-(8.5 ** 2 - 0.5 ** 2) / 128), 5);
});

test("windows overlap as much as asked for", () => {
  const places = windowPlaces({ width: 384, height: 384 }, { width: 256, height: 256 }, 0.5);
  expect(places.map(({ x, y }) => [x, y])).toEqual([
    [0, 0],
    [128, 0],
    [0, 128],
    [128, 128],
  ]);
});

test("images are seen as in training, unless said", () => {
  const size = { width: 256, height: 256 };
  expect(sampleViews({ size })).toEqual({ read: { size }, window: { size, overlap: 0 } });
  const scale = { factor: 0.5 };
  expect(sampleViews({ size, scale })).toEqual({ read: { scale }, window: { size, overlap: 0.5 } });
  const large = { width: 384, height: 384 };
  const asked = { scale: large, window: { size: large, overlap: 0.25 } };
  expect(sampleViews({ size, scale }, asked)).toEqual({ read: { scale: large }, window: asked.window });
  expect(() => sampleViews({ size }, { window: { overlap: 0.5 } })).toThrow(
    expect.objectContaining({ code: "WINDOWS_NEEDED" }),
  );
});
