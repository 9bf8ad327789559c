import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ProgressUpdate } from "@eosin/plugin-api";
import { augmenterKind, lossKind, networkKind, optimizerKind } from "@eosin/plugin-api";
import type { EngineIdentity, TrainedModel } from "@eosin/plugin-api/learning";
import { readSafetensors, toFloat32 } from "@eosin/plugin-api/tensor-file";
import { describe, expect, it } from "vitest";
import { installedTorch } from "../../../../../test/fixtures/installed-torch.js";
import {
  diskSplit,
  engineIdentity,
  handle,
  runStep,
  type StepRun,
  spec,
  temporaryFolder,
} from "../../testing/step-harness.test-support.js";

const torch = await installedTorch();
if (torch) process.env.EOSIN_TORCH = torch.addon;

const artifacts = { folds: { value: diskSplit({ train: 8, validation: 3, test: 2 }, 32) } };
const options = {
  split: handle("split", "folds"),
  size: 32,
  batch: 3,
  epochs: 4,
  network: spec(networkKind, "model/unet", { encoder: "tiny", decoderChannels: [8, 8, 8, 8, 8] }),
  loss: spec(lossKind, "model/segmentation", { segmentation: "bce" }),
  optimizer: spec(optimizerKind, "model/adamw", { lr: 0.003 }),
  augment: [spec(augmenterKind, "data/flip")],
  workers: 0,
};
const batchesAnEpoch = 3;
const modelOf = ({ value }: StepRun) => value as unknown as TrainedModel;

async function digest({ blobs }: StepRun): Promise<string> {
  return createHash("sha256")
    .update(await readFile(join(blobs, "weights.safetensors")))
    .digest("hex");
}

async function weightsOf({ blobs }: StepRun): Promise<ReadonlyMap<string, Float32Array>> {
  const tensors = await readSafetensors(join(blobs, "weights.safetensors"));
  return new Map([...tensors].map(([name, tensor]) => [name, toFloat32(tensor)]));
}

describe.each(torch ? ["wasm", "torch"] : ["wasm"])("on %s", (name) => {
  let engine: Promise<EngineIdentity> | undefined;
  const train = async (changes: object = {}, how: Partial<Parameters<typeof runStep>[2]> = {}) => {
    engine ??= engineIdentity(name);
    return runStep("model/trainer", { ...options, ...changes }, { artifacts, engine: await engine, ...how });
  };

  it.each([
    ["an exponential average", { average: { kind: "ema", decay: 0.9 }, earlyStopping: { patience: 4 } }],
    ["an exponential average, micro-batches", { average: { kind: "ema" }, microBatch: 2 }],
    ["a stochastic average", { average: { kind: "swa", from: 0.25 } }],
  ])("a training with %s and clipping that was killed anywhere continues to the same bytes", async (_, changes) => {
    const clipped = { ...changes, clipNorm: 0.5 };
    const whole = await train(clipped);
    for (const [epoch, batch] of [
      [2, 1],
      [4, 3],
    ]) {
      const scratch = await temporaryFolder();
      const killer = new AbortController();
      const onProgress = ({ current }: ProgressUpdate) => {
        if (current === epoch - 1 + batch / (batchesAnEpoch + 1)) killer.abort(new Error("killed"));
      };
      await expect(train(clipped, { scratch, signal: killer.signal, onProgress })).rejects.toThrow("killed");
      const continued = await train(clipped, { scratch });
      expect(continued.log).toContain(`Training continues after epoch ${epoch - 1}.`);
      expect(continued.value).toEqual(whole.value);
      expect(await digest(continued)).toBe(await digest(whole));
    }
  });

  it("an average changes nothing in how the weights are trained, and all in what is judged and kept", async () => {
    const [plain, averaged] = [await train(), await train({ average: { kind: "ema", decay: 0.9 } })];
    const figures = (run: StepRun, part: "train" | "validation") => modelOf(run).history.map((record) => record[part]);
    expect(figures(averaged, "train")).toEqual(figures(plain, "train"));
    expect(figures(averaged, "validation")).not.toEqual(figures(plain, "validation"));
    expect(await digest(averaged)).not.toBe(await digest(plain));
  });

  it("the model of a stochastic average has the mean of its epochs' weights, norms' statistics too", async () => {
    const [one, two] = [await weightsOf(await train({ epochs: 1 })), await weightsOf(await train({ epochs: 2 }))];
    const mean = await weightsOf(await train({ epochs: 2, average: { kind: "swa", from: 0 } }));
    expect([...mean.keys()].some((key) => key.endsWith("running_var"))).toBe(true);
    for (const [key, values] of mean) {
      const [first, second] = [one.get(key)!, two.get(key)!];
      const off = values.map((value, i) => Math.abs(value - (first[i] + second[i]) / 2) / Math.max(1, Math.abs(value)));
      expect(Math.max(...off), key).toBeLessThan(1e-6);
    }
    const last = await train({ epochs: 2, average: { kind: "swa", from: 0.5 } });
    expect(await weightsOf(last)).toEqual(two);
  });

  it("early stopping keeps the average of the best epoch", async () => {
    const changes = {
      average: { kind: "ema", decay: 0.9 },
      earlyStopping: { monitor: "validation.dice", patience: 1 },
    };
    const diverging = { ...changes, optimizer: spec(optimizerKind, "model/adamw", { lr: 0.1 }), epochs: 12 };
    const stopped = await train(diverging);
    const { bestEpoch, history } = modelOf(stopped);
    expect(history.length).toBeGreaterThan(bestEpoch);
    const best = await train({ ...diverging, epochs: bestEpoch, earlyStopping: undefined });
    expect(await digest(stopped)).toBe(await digest(best));
  });

  it("the norm of the gradients is in the history where it is clipped, and a bound that is never met changes nothing", async () => {
    const [plain, loose, tight] = [await train(), await train({ clipNorm: 1e6 }), await train({ clipNorm: 0.01 })];
    expect(await digest(loose)).toBe(await digest(plain));
    expect(await digest(tight)).not.toBe(await digest(plain));
    for (const { train: figures } of modelOf(loose).history) expect(figures.gradientNorm).toBeGreaterThan(0.01);
    expect(modelOf(plain).history[0].train).not.toHaveProperty("gradientNorm");
    expect(Object.keys(modelOf(loose).history[0].validation)).not.toContain("gradientNorm");
  });

  it("a step is measured with the averages that it keeps", async () => {
    const [plain, averaged] = [
      modelOf(await train({ epochs: 1 })),
      modelOf(await train({ epochs: 1, average: { kind: "ema" } })),
    ];
    // Parameters count the trained ones; running statistics are averaged too.
    expect(averaged.estimatedBytes - plain.estimatedBytes).toBeGreaterThanOrEqual(4 * plain.parameters);
  });
});
