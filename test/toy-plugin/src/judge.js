import { augmenterKind, component, defineArtifact, defineStep, metricKind } from "@eosin/plugin-api";
import { z } from "zod";

const figureArtifact = defineArtifact("figure", z.unknown());

const size = 16;

/** A whole pipeline in one step, so that the plugin can be tried without data or networks. */
export const judge = defineStep({
  type: "toy/judge",
  summary: "Draws a patch, perturbs it, segments it by a threshold and judges the result.",
  options: z.strictObject({ augment: component(augmenterKind), metric: component(metricKind) }),
  produces: figureArtifact,
  create: async ({ options, create }) => {
    const augmenter = await create(options.augment);
    const metric = await create(options.metric);
    return {
      async run({ rng, output }) {
        const sample = drawPatch(rng("patch"));
        const { image } = augmenter.apply(sample, rng("augment", sample.id));
        const probability = Float32Array.from(sample.mask.data, (_, pixel) => 1 - image.data[3 * pixel] / 255);
        const prediction = Uint8Array.from(probability, (p) => (p > 0.5 ? 1 : 0));
        await output.write("prediction.bin", prediction);
        return { figure: metric.measure({ truth: sample.mask.data, prediction, probability }) };
      },
    };
  },
});

/** A dark disc on a bright ground, with noise wide enough that a threshold errs. */
function drawPatch(rng) {
  const mask = new Uint8Array(size * size);
  const data = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const pixel = y * size + x;
      mask[pixel] = Math.hypot(x - size / 2, y - size / 2) < size / 3 ? 1 : 0;
      data.fill(Math.max(0, Math.min(255, (mask[pixel] ? 90 : 170) + rng.normal(0, 30))), 3 * pixel, 3 * pixel + 3);
    }
  }
  return {
    id: "patch",
    domain: "drawn",
    image: { width: size, height: size, data },
    mask: { width: size, height: size, data: mask },
  };
}
