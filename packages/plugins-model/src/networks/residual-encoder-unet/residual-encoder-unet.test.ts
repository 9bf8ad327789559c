import { openEngine } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import type { Network } from "@eosin/plugin-api/learning";
import { describe, expect, it } from "vitest";
import { engineIdentity } from "../../testing/step-harness.test-support.js";
import { residualEncoderUnetOptions } from "./options.js";
import { createResidualEncoderUnet } from "./residual-encoder-unet.js";

// Outputs, gradients and names beside PyTorch's are in `networks/golden/nnunet.test.ts`.
const engine = await openEngine(await engineIdentity("cpu"));
const factoryOf = (options: object) =>
  createResidualEncoderUnet(residualEncoderUnetOptions.parse({ features: 2, maxFeatures: 4, ...options }));

const blocksOf = ({ parameters }: Network): number[] => {
  const counts: number[] = [];
  for (const name of parameters.keys()) {
    const [, stage] = /^encoder\.stages\.(\d+)\.blocks\.\d+\.conv1\.conv\.weight$/.exec(name) ?? [];
    if (stage !== undefined) counts[Number(stage)] = (counts[Number(stage)] ?? 0) + 1;
  }
  return counts;
};

describe("blocks of the stages", () => {
  it.each([
    [{ stages: 6 }, [1, 3, 4, 6, 6, 6]],
    [{ stages: 2 }, [1, 3]],
    [{ stages: 4, blocks: [2, 1] }, [2, 1, 1, 1]],
  ])("%j", async (options, blocks) => {
    const network = await factoryOf(options).build(engine, createRng(1));
    expect(blocksOf(network)).toEqual(blocks);
    network.dispose();
  });

  it("are not more than the stages", () => {
    expect(() => factoryOf({ stages: 3, blocks: [1, 2, 3, 4] })).toThrow(
      expect.objectContaining({ code: "STAGES_MISMATCH", place: "option blocks" }),
    );
  });
});

it("begins with blocks that are the identity", async () => {
  const network = await factoryOf({ stages: 2 }).build(engine, createRng(1));
  for (const [name, { variable }] of network.parameters) {
    if (/conv2\.norm\.weight$/.test(name))
      expect([...variable.dataSync()], name).toEqual([0, 0, 0, 0].slice(0, variable.size));
  }
  network.dispose();
});
