// A plugin in plain JavaScript: what worker threads load in the loader's tests.
const pixels = (entry, value) => ({
  id: entry.id,
  domain: entry.domain,
  image: { width: entry.width, height: entry.height, data: new Uint8Array(entry.width * entry.height * 3).fill(value) },
  mask: { width: entry.width, height: entry.height, data: new Uint8Array(entry.width * entry.height).fill(value & 1) },
});

/** Each pixel holds its column and row; tumour is at one place, which is the sample's number. */
const ramp = (entry) => {
  const { width, height, source } = entry;
  const at = (value) => Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width), i));
  const image = { width, height, data: Uint8Array.from(at((x, y) => [x, y, 7]).flat()) };
  const mask = { width, height, data: Uint8Array.from(at((_, __, i) => (i === source.i ? 1 : 0))) };
  return { id: entry.id, domain: entry.domain, image, mask };
};

/** Densities of a sample: of each stain its number, counted from 1, and the sample's value as fraction. */
const densities = ({ width, height }, stains, value) => ({
  width,
  height,
  stains,
  data: Float32Array.from({ length: stains * width * height }, (_, i) => (i % stains) + 1 + value / 256),
});

class ToyError extends Error {
  $eosin = "error";
  code = "IMAGE_CORRUPT";
  place = "/data/toy.png";
  expected = "a picture";
  found = "noise";
  next = "Replace it.";
}

export default {
  $eosin: "plugin",
  name: "toy",
  apiVersion: "1",
  kinds: [],
  services: [],
  requires: [],
  components: [
    {
      $eosin: "component",
      kind: "dataset",
      type: "toy/dataset",
      // `stains`: of each sample's densities, in turn.
      create: ({ options: { stains, ramp: isRamp } }) => ({
        read: async (entry) => {
          if (entry.source.i === 99) throw new ToyError("The picture is broken.");
          if (entry.source.i === 98) throw new TypeError("an ordinary fault");
          const remarks = entry.source.i % 2 ? [{ message: "an odd one", doubtful: true }] : undefined;
          if (isRamp) return ramp(entry);
          const { i } = entry.source;
          const density = stains && densities(entry, stains[i % stains.length], i);
          return { ...pixels(entry, i), remarks, density };
        },
      }),
    },
    {
      $eosin: "component",
      kind: "normalizer",
      type: "toy/brighter",
      create: ({ state, log }) => {
        log.warn("brighter was built");
        return { normalize: (image) => ({ ...image, data: image.data.map((each) => each + (state?.by ?? 100)) }) };
      },
    },
    ...["normalizer", "augmenter"].map((kind) => ({
      $eosin: "component",
      kind,
      type: `toy/lent-${kind}`,
      // Whoever looks at the image after it was released sees zeros.
      create: () => {
        const lend = (image) => {
          const data = image.data.map((each) => each + 1);
          return { ...image, data, release: () => data.fill(0) };
        };
        return { normalize: lend, apply: (sample) => ({ ...sample, image: lend(sample.image) }) };
      },
    })),
    {
      $eosin: "component",
      kind: "augmenter",
      type: "toy/within",
      // Says what it was given: the window's corner, or 255 where the sample came cropped.
      create: () => {
        const said = ({ image, mask, ...sample }, { width, height }, first, second) => ({
          ...sample,
          image: { width, height, data: new Uint8Array(width * height * 3).fill(first) },
          mask: { width, height, data: new Uint8Array(width * height).fill(second) },
        });
        return {
          apply: (sample) => said(sample, sample.image, 255, 255),
          applyWithin: (sample, window) => said(sample, window, window.x, window.y),
        };
      },
    },
    {
      $eosin: "component",
      kind: "augmenter",
      type: "toy/noise",
      create: ({ options, state }) => ({
        fit: async (samples) => {
          const mean = async () => {
            const values = [];
            for await (const sample of samples) values.push(sample.image.data[0]);
            return values;
          };
          // Two passes over the same samples.
          return { first: await mean(), second: await mean() };
        },
        apply: (sample, rng) => {
          const add = rng.integer(options.most) + (state?.first?.length ?? 0);
          return { ...sample, image: { ...sample.image, data: sample.image.data.map((each) => each + add) } };
        },
      }),
    },
    {
      $eosin: "component",
      kind: "normalizer",
      type: "toy/picky",
      create: ({ options, log }) => {
        const treatment = "left as it is";
        const said = new Set();
        return {
          normalize: (image, item) => {
            if (image.data[0] < 5) return { ...image, data: image.data.map((each) => each + 100) };
            const about = { component: "toy/picky", item, treatment, reason: "x".repeat(options.wordy ?? 1) };
            if (!said.has(item)) log.warn(`${item} was left`, about);
            said.add(item);
            return image;
          },
        };
      },
    },
    {
      $eosin: "component",
      kind: "augmenter",
      type: "toy/moody",
      create: ({ log }) => ({
        apply: (sample, rng) => {
          const mood = rng.integer(3);
          const about = { component: "toy/moody", item: sample.id, treatment: "left as it is", reason: `mood ${mood}` };
          if (mood > 0) log.warn(`${sample.id} was left: mood ${mood}`, about);
          return sample;
        },
      }),
    },
    {
      $eosin: "component",
      kind: "augmenter",
      type: "toy/inks",
      create: ({ options: { stains } }) => ({
        givesDensity: true,
        apply: (sample) => ({ ...sample, density: densities(sample.image, stains, sample.image.data[0]) }),
      }),
    },
    {
      $eosin: "component",
      kind: "augmenter",
      type: "toy/crop",
      create: () => ({
        apply: (sample) => ({ ...sample, image: { width: 1, height: 1, data: sample.image.data.slice(0, 3) } }),
      }),
    },
  ],
};
