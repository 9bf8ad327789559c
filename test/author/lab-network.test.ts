import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeFolderPlugin } from "../fixtures/folder-plugin.js";
import { multitask, smallJob } from "../fixtures/small-job.js";
import { createWorkspace, readJson } from "../fixtures/workspace.js";

const workspace = createWorkspace();
afterAll(() => workspace.remove());

/** What a laboratory brings: an encoder that starts at stride 4, and a loss of the mask. */
const lab = `
import { defineEncoder, defineLoss, imagenetNormalization } from "@eosin/plugin-api/learning";
const patches = defineEncoder({
  type: "lab/patches",
  summary: "Tokens of 4 × 4 pixels, halved once more.",
  options: z.strictObject({ channels: z.int().min(1).max(64).default(8) }),
  usesEngine: true,
  create: ({ options: { channels } }) => ({
    title: "patches of " + channels,
    traits: { strides: [4, 8], channels: [channels, 2 * channels], normalization: imagenetNormalization },
    build(builder) {
      const { tf } = builder.engine;
      const filter = (name, shape) =>
        builder.add(name, {
          shape,
          layout: "conv",
          initial: (values, _, rng) => { for (let i = 0; i < values.length; i++) values[i] = rng.normal(0, 0.2); },
        });
      const embed = filter("embed.weight", [4, 4, 3, channels]);
      const merge = filter("merge.weight", [2, 2, channels, 2 * channels]);
      return {
        features(image) {
          const tokens = tf.relu(tf.conv2d(image, embed, 4, "valid"));
          return [tokens, tf.relu(tf.conv2d(tokens, merge, 2, "valid"))];
        },
      };
    },
  }),
});
const brier = defineLoss({
  type: "lab/brier",
  summary: "Mean squared error of the probabilities.",
  options: z.strictObject({ weight: z.number().positive().default(1) }),
  create: ({ options: { weight } }) => ({
    needs: ["mask"],
    needsDensity: false,
    batchCoupled: false,
    compute(tf, { mask }, batch) {
      const brier = tf.mean(tf.square(tf.sub(tf.sigmoid(mask), batch.mask)));
      return { total: tf.mul(brier, weight), terms: { brier } };
    },
  }),
});
export default definePlugin({ name: "lab", components: [patches, brier] });
`;

const document = (channels: string) => `extends: ${multitask}
name: lab-network
plugins: { ./lab: "*" }
steps:
  train:
    with:
      network:
        with:
          encoder: { uses: lab/patches, with: { channels: ${channels} } }
          decoderChannels: [12, 8, 8]
      loss: { with: { segmentation: { uses: lab/brier, with: { weight: 2 } } } }
`;

describe("an encoder and a loss of a laboratory", () => {
  beforeAll(() => writeFolderPlugin(workspace, "lab", lab));

  it("are trained inside the house's network and loss", async () => {
    const { code, stdout, stderr } = await workspace.pipe(
      "run",
      workspace.write("lab.yaml", document("6")),
      ...smallJob,
    );
    expect(code, stderr + stdout).toBe(0);
    const [run] = workspace.runs();
    const { predictors } = readJson<{ predictors: { title: string }[] }>(run, "report/results.json");
    expect(predictors.map(({ title }) => title)).toContain("multi-task U-Net, patches of 6, α 0.3");
  });

  it("have their options checked where they are", async () => {
    const file = workspace.write("lab.yaml", document("600"));
    const { code, stderr } = await workspace.pipe("validate", file);
    expect(code).toBe(2);
    expect(stderr).toContain("steps.train.with.network.with.encoder.with.channels");
    expect(stderr).toMatch(/lab\.yaml:\d+/);
  });
});
