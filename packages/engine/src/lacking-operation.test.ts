import type { Engine } from "@eosin/plugin-api/learning";
import { describe, expect, it } from "vitest";
import { namingLackingOperations } from "./lacking-operation.js";
import { createEngineProvider } from "./provider.js";

const column = { x: { data: Float32Array.of(1, 2), shape: [2] } };

describe("an operation that the engine lacks", () => {
  it("is named by its steps", async () => {
    const provider = createEngineProvider();
    const engine = await provider.open(
      (await provider.choose({ name: "cpu", precision: "float32", threads: 1 })).identity,
    );
    const { tf } = engine;
    const lacking = () => tf.engine().runKernel("Invented", {}) as never;
    const refused = {
      code: "ENGINE_LACKS_OPERATION",
      message: expect.stringContaining("cpu lacks the operation Invented"),
      next: expect.stringContaining("pipe doctor"),
    };
    await expect(engine.evaluationStep(lacking).run(column)).rejects.toMatchObject(refused);
    const variable = tf.variable(tf.scalar(1));
    const step = engine.trainingStep({ variables: new Map([["w", variable]]), objective: lacking, update: () => {} });
    await expect(step.run([column])).rejects.toMatchObject(refused);
    variable.dispose();
  });

  it("is not another fault", async () => {
    const fault = new Error("out of memory");
    const engine = {
      identity: { name: "cpu" },
      evaluationStep: () => ({ run: () => Promise.reject(fault) }),
    } as unknown as Engine;
    await expect(
      namingLackingOperations(engine)
        .evaluationStep(() => ({}))
        .run(column),
    ).rejects.toBe(fault);
  });
});
