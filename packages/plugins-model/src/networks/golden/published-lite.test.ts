import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRng } from "@eosin/plugin-api";
import type { Engine, Network } from "@eosin/plugin-api/learning";
import { toFloat32 } from "@eosin/plugin-api/tensor-file";
import type * as tfc from "@tensorflow/tfjs-core";
import sharp from "sharp";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { isHere } from "../../../../../test/fixtures/required.js";
import { InputNormalization } from "../../inputs/input-normalization.js";
import { ParameterStore } from "../../layers/parameter-store.js";
import { encoderFor, unetOf } from "../../testing/networks.test-support.js";
import { addWeights } from "../../weights/add-weights.js";
import { exportWeights } from "../../weights/network-weights.js";
import { readWeights } from "../../weights/read-weights.js";
import { ENCODER, withInitialWeights } from "../initial-weights.js";
import { unetOptions } from "../unet/options.js";
import { report } from "./comparison.test-support.js";
import { type FeatureFigures, featureError } from "./feature-figures.test-support.js";
import { context, goldenEngines, openTestEngine } from "./golden-case.test-support.js";

const shared = new URL("../../../../../../shared/", import.meta.url);
const pathOf = (name: string) => fileURLToPath(new URL(name, shared));
const present = isHere("golden", existsSync(pathOf("weights/reference.json")), "../shared/weights");

interface Reference {
  readonly picture: string;
  readonly models: { readonly [name: string]: { readonly file: string; readonly features: FeatureFigures[] } };
}

const encoders = ["efficientnet-lite0", "efficientnet-lite2"] as const;
const SIDE = 224;

describe.runIf(present).each(["cpu", ...goldenEngines] as const)(
  "published weights of EfficientNet-Lite, on %s",
  (name) => {
    let engine: Engine;
    let reference: Reference;
    let rgb: Uint8Array;
    beforeAll(async () => {
      engine = await openTestEngine(name);
      reference = JSON.parse(readFileSync(pathOf("weights/reference.json"), "utf8")) as Reference;
      const crop = { left: 0, top: 0, width: SIDE, height: SIDE };
      rgb = await sharp(pathOf(reference.picture)).extract(crop).removeAlpha().raw().toBuffer();
    });

    it.each(encoders)("%s gives PyTorch's features of a picture", async (encoder) => {
      const { file, features } = reference.models[encoder];
      const found = await featuresOf(encoder, pathOf(`weights/${file}`));
      expect(found.map(({ shape: [batch, height, width, channels] }) => [batch, channels, height, width])).toEqual(
        features.map(({ shape }) => shape),
      );
      const errors = features.map((expected, index) => featureError(found[index], expected));
      report(`${name} ${encoder}`, errors);
      for (const error of errors) expect(error).toBeLessThan(1e-4);
    });

    async function featuresOf(encoder: string, weights: string) {
      const chosen = await encoderFor(unetOptions.parse({ encoder, weights }));
      const { traits, build } = chosen.factory;
      const store = new ParameterStore(engine, createRng(1));
      const built = await build(store.under(ENCODER));
      const normalization = new InputNormalization(engine.tf, traits.normalization);
      const network: Network = {
        parameters: store.parameters,
        stride: 32,
        separatesStains: false,
        normalization: traits.normalization,
        forward: (image, how) =>
          Object.fromEntries(built.features(image, how).map((each, index) => [index, each])) as never,
        dispose: () => store.dispose(),
      };
      await withInitialWeights(engine, network, chosen);
      const step = engine.evaluationStep(({ image }) =>
        network.forward(normalization.apply(image as tfc.Tensor4D), context(false)),
      );
      const outputs = await step.run({ image: { data: rgb, shape: [1, SIDE, SIDE, 3] } });
      network.dispose();
      normalization.dispose();
      return Object.values(outputs);
    }
  },
);

describe.runIf(present)("pretrained: imagenet of EfficientNet-Lite", () => {
  it("takes the file that was added, and needs it", async () => {
    const cache = await mkdtemp(join(tmpdir(), "eosin-lite-"));
    vi.stubEnv("EOSIN_CACHE", cache);
    try {
      const engine = await openTestEngine("wasm");
      const network = () => unetOf({ encoder: "efficientnet-lite0", pretrained: "imagenet" });
      await expect((await network()).build(engine, createRng(1))).rejects.toMatchObject({
        code: "WEIGHTS_NOT_FETCHED",
        next: expect.stringContaining("pipe weights add efficientnet-lite0-57934424.pth"),
      });
      const published = pathOf("weights/efficientnet-lite0-57934424.pth");
      expect((await addWeights(published)).name).toBe("efficientnet-lite0");
      const built = await (await network()).build(engine, createRng(1));
      const stem = (await exportWeights(built)).get("encoder._conv_stem.weight")!;
      const onFile = (await readWeights(published)).get("_conv_stem.weight")!;
      expect(stem.shape).toEqual(onFile.shape);
      expect(toFloat32(stem)).toEqual(toFloat32(onFile));
      built.dispose();
    } finally {
      vi.unstubAllEnvs();
      await rm(cache, { recursive: true });
    }
  });
});
