import { build } from "../stain/components.mjs";

const certain = { p: 1 };
const allChannels = { p: 1, pChannel: 1 };
const turned = { rotation: certain, scale: certain };
const flipped = { horizontal: 1, vertical: 1 };

/** nnU-Net's order. The defaults are its probabilities; `options` lays others over them. */
const chain = (options) => [
  ["data/affine", options["data/affine"]],
  ["data/noise", options["data/noise"]],
  ["data/blur", options["data/blur"]],
  ["data/brightness", options["data/brightness"]],
  ["data/contrast", options["data/contrast"]],
  ["data/low-resolution", options["data/low-resolution"]],
  ["data/gamma", { p: 0.1, ...options["data/gamma"], invert: true }],
  ["data/gamma", options["data/gamma"]],
  ["data/flip", options["data/flip"]],
];

/** Components and options of each method. */
const methods = {
  chain: chain({}),
  "chain-all": chain({
    "data/affine": turned,
    "data/noise": certain,
    "data/blur": allChannels,
    "data/brightness": certain,
    "data/contrast": certain,
    "data/low-resolution": allChannels,
    "data/gamma": certain,
    "data/flip": flipped,
  }),
  affine: [["data/affine", turned]],
  elastic: [["data/elastic", certain]],
  noise: [["data/noise", certain]],
  blur: [["data/blur", allChannels]],
  brightness: [["data/brightness", certain]],
  contrast: [["data/contrast", certain]],
  "low-resolution": [["data/low-resolution", allChannels]],
  gamma: [["data/gamma", certain]],
  "cut-out": [["data/cut-out", certain]],
  flip: [["data/flip", flipped]],
  "fourier-mixing": [["stain/fourier-mixing", certain]],
  "random-normalization": [
    [
      "stain/random-normalization",
      { p: 1, normalizers: [{ uses: "stain/reinhard", kind: "normalizer", plugin: "@eosin/plugins-stain", with: {} }] },
    ],
  ],
};

/** The augmenters of a method, fitted to the samples where they learn. */
export async function augmentersOf(method, samples) {
  const made = [];
  for (const [type, options = {}] of methods[method]) {
    const unfitted = await build(type, options);
    const state = unfitted.fit && (await unfitted.fit(samples));
    made.push(state === undefined ? unfitted : await build(type, options, { state }));
  }
  return made;
}
