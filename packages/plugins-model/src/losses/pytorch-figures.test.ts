import { createEngineProvider } from "@eosin/engine";
import type { ComponentContext, ComponentSpec } from "@eosin/plugin-api";
import { lossKind } from "@eosin/plugin-api";
import type { Engine, Loss, LossBatch, NetworkOutputs, TensorRecord } from "@eosin/plugin-api/learning";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { installedTorch } from "../../../../test/fixtures/installed-torch.js";
import { signedDistances } from "../inputs/signed-distance.js";
import { definitionOf } from "../testing/step-harness.test-support.js";
import figures from "./pytorch.json" with { type: "json" };

const torch = await installedTorch();
if (torch) process.env.EOSIN_TORCH = torch.addon;
const provider = createEngineProvider();
/** Those that this machine has: wasm and cpu always, torch where libtorch is. */
const engines = (await provider.survey()).flatMap(({ name, available }) =>
  available && ["cpu", "wasm", "torch"].includes(name) ? [name] : [],
);
const [batchSize, height, width] = figures.shape;
const pixels = batchSize * height * width;

async function create(uses: string, options: object): Promise<Loss> {
  const definition = definitionOf(uses);
  const context: Pick<ComponentContext<unknown>, "options" | "create"> = {
    options: definition.options.parse(options),
    create: (inner: ComponentSpec<unknown>) => create(inner.uses, inner.with ?? {}) as Promise<never>,
  };
  return (await definition.create(context as never)) as Loss;
}

/** Component options are of a kind and a plugin once a document is resolved. */
const resolved = (options: object): object =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      typeof value === "object" && "uses" in value
        ? { kind: lossKind.name, plugin: "@eosin/plugins-model", with: {}, ...value }
        : value,
    ]),
  );

describe.each(engines)("on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    const { identity } = await provider.choose({ name, precision: "float32", threads: 1 });
    engine = await provider.open(identity);
  });

  const cases = figures.cases.map((each) => ({
    ...each,
    title: `${each.uses} ${JSON.stringify(each.with)}, logits ${each.classes}, ${each.ignoring ? "some ignored" : "all count"}`,
  }));

  it.each(cases)("$title: PyTorch's value and gradient", async (each) => {
    const { tf } = engine;
    const { classes, ignoring } = each;
    const inputs = figures.inputs[String(classes) as keyof typeof figures.inputs];
    const loss = await create(each.uses, resolved(each.with));
    const labels = inputs.mask.map((label, i) => (ignoring ? label * inputs.valid[i] : label));
    const of = (data: readonly number[]) => ({ data: Uint8Array.from(data), shape: [batchSize, height, width, 1] });
    const maps = { labels: Uint8Array.from(labels), samples: batchSize, height, width };
    const distances = loss.needsDistances ?? 0;
    const batch = {
      mask: of(labels),
      ...(ignoring && { valid: of(inputs.valid) }),
      ...(distances > 0 && {
        distance: { data: signedDistances(maps, distances), shape: [batchSize, height, width, distances] },
      }),
    };
    const logits = tf.tidy(() => tf.variable(tf.tensor(inputs.logits, [batchSize, height, width, classes])));
    let gradient: readonly number[] = [];
    const step = engine.trainingStep({
      variables: new Map([["logits", logits]]),
      objective(record: TensorRecord) {
        // Outputs of lower scales are means of blocks, so that one tensor of logits makes all of them.
        const outputs: { [name: string]: Tensor4D } = { mask: logits as Tensor4D };
        for (const scale of [2, 4]) {
          if (!loss.needs.includes(`mask/${scale}`)) continue;
          const blocks = [batchSize * (height / scale), scale, width / scale, scale * classes];
          const rows = tf.sum(tf.reshape(logits, blocks), 1);
          const sums = tf.sum(tf.reshape(rows, [-1, width / scale, scale, classes]), 2);
          const shape: [number, number, number, number] = [batchSize, height / scale, width / scale, classes];
          outputs[`mask/${scale}`] = tf.reshape(tf.div(sums, scale ** 2), shape);
        }
        const { total } = loss.compute(tf, outputs as NetworkOutputs, record as unknown as LossBatch);
        return { loss: total };
      },
      update: (gradients) => {
        gradient = Array.from(gradients.get("logits")!.dataSync());
      },
    });
    const { loss: value } = await step.run([batch]);
    step.dispose();
    logits.dispose();
    expect(Math.abs(value - each.loss)).toBeLessThan(1e-5 * Math.max(1, Math.abs(each.loss)));
    const largest = Math.max(...each.gradient.map(Math.abs));
    const off = each.gradient.map((slope, i) => Math.abs(slope - gradient[i]) / largest);
    expect(Math.max(...off)).toBeLessThan(1e-4);
    expect(gradient).toHaveLength(pixels * classes);
  });
});

it("distances are those of SciPy", () => {
  for (const [classes, { mask, distance }] of Object.entries(figures.inputs)) {
    const k = Math.max(1, Number(classes) - 1);
    const maps = { labels: Uint8Array.from(mask), samples: batchSize, height, width };
    signedDistances(maps, k).forEach((value, i) => {
      expect(value).toBeCloseTo(distance[i], 5);
    });
  }
});
