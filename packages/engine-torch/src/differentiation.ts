import { createTapeDifferentiation, type Differentiation, type EngineCore, type GradientMap } from "@eosin/engine-kit";
import type { TrainingStepDefinition } from "@eosin/plugin-api/learning";
import type { Handle } from "./addon.js";
import type { KernelContext } from "./kernels/kernel.js";
import { TorchPass } from "./pass.js";
import type { GraphSupport } from "./replay/graph-support.js";
import { Replays } from "./replay/replays.js";

/**
 * Gradients by libtorch's own autograd; by tfjs's tape where the objective brings gradients of its own.
 * @param graphs Absent on devices where kernels are run one by one.
 */
export function createTorchDifferentiation(
  core: EngineCore,
  context: KernelContext,
  definition: TrainingStepDefinition,
  graphs: GraphSupport | undefined,
): Differentiation {
  const { torch, backend, tf } = context;
  const byTape = createTapeDifferentiation(core, definition);
  const pass = new TorchPass(core, context, definition);
  const replays = graphs && new Replays(core, context, pass, graphs, definition.log);

  function addTo(gradients: GradientMap, computed: readonly (Handle | null)[]): void {
    const present = computed.flatMap((handle, index) =>
      handle === null ? [] : [{ handle, id: pass.variables[index].id, shape: pass.variables[index].shape }],
    );
    const summed = present.filter(({ id }) => gradients.has(id));
    const store = (id: number, handle: Handle, shape: number[]) => {
      gradients.get(id)?.dispose();
      gradients.set(id, tf.engine().makeTensorFromTensorInfo(backend.output(handle, "float32", shape)));
    };
    for (const { id, handle, shape } of present) if (!gradients.has(id)) store(id, handle, shape);
    if (summed.length === 0) return;
    // Not in place: two variables may have one and the same gradient, or a gradient one value that stands for all.
    const earlier = summed.map(({ id }) => backend.value(gradients.get(id)!));
    const later = summed.map(({ handle }) => handle);
    const sums = torch.calls("_foreach_add.List", earlier, later);
    for (const [index, { id, handle, shape }] of summed.entries()) {
      torch.addon.dispose(handle);
      store(id, sums[index], shape);
    }
  }

  return {
    prepare: (batch) => pass.prepare(batch),
    accumulate(batch, weight, gradients) {
      if (pass.hasCustomGradients) return byTape.accumulate(batch, weight, gradients);
      const outcome = replays ? replays.run(batch, weight) : pass.run(batch, weight);
      if (!outcome) return byTape.accumulate(batch, weight, gradients);
      addTo(gradients, outcome.gradients);
      return outcome.scalars;
    },
    dispose: () => replays?.dispose(),
  };
}
