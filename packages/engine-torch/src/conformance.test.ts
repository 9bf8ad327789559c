import { createTfjsEngine } from "@eosin/engine-kit";
import { conformanceChecks } from "@eosin/engine-kit/conformance";
import type { Engine } from "@eosin/plugin-api/learning";
import { beforeAll, describe, it } from "vitest";
import { openTestTorch, torchInstallation } from "./torch.test-support.js";

/** bfloat16 keeps 8 bits: each rounding is off by up to 1/256, and sums of such errors by a little more. */
const BFLOAT16 = 2e-2;

/** The same back end under the default step: tfjs's gradients by kernels. */
async function byTape(): Promise<Engine> {
  const { identity, tf } = await openTestTorch();
  return createTfjsEngine({ identity, tf, name: tf.getBackend(), explicitPadding: true, convolutionBias: true });
}

const engines = {
  float32: { open: () => openTestTorch(), tolerance: 1e-4 },
  bfloat16: { open: () => openTestTorch({ precision: "bfloat16" }), tolerance: BFLOAT16 },
  "two threads": { open: () => openTestTorch({ threads: 2 }), tolerance: 1e-4 },
  "gradients by tfjs's tape": { open: byTape, tolerance: 1e-4 },
  "without the addon's own operators": { open: () => openTestTorch({}, { fused: false }), tolerance: 1e-4 },
  "bfloat16 without them": {
    open: () => openTestTorch({ precision: "bfloat16" }, { fused: false }),
    tolerance: BFLOAT16,
  },
};

describe.skipIf(!torchInstallation).each(Object.entries(engines))("torch, %s", (_, { open, tolerance }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  for (const check of conformanceChecks(tolerance)) it(check.name, () => check.run(engine));
});
