import type { Handle, KernelContext } from "@eosin/engine-torch";
import type { HostRecord, TrainingStepDefinition } from "@eosin/plugin-api/learning";
import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import { batchSizeKey } from "../evaluation-step/batch-size-key.js";
import { ForgettingRecorder, type Liveness, LivenessRecorder } from "../evaluation-step/liveness.js";
import { withShapes } from "../shapes/backend-registry.js";
import { disposeSaved, type TapeNode, type TapeRecorder, watch } from "../tape.js";
import type { EngineCore } from "../tfjs-engine.js";
import type { GradientMap } from "../training-step/backward.js";
import { computeScalars } from "../training-step/compute-scalars.js";
import { type Differentiation, disposeAll } from "../training-step/differentiation.js";
import { createTapeDifferentiation } from "../training-step/tape-differentiation.js";

type Scalars = { [name: string]: Scalar };

/**
 * libtorch records the forward pass as tfjs runs it, and computes the gradients itself. What autograd need not keep is freed
 * as soon as no kernel reads it any more, as it would be in a program whose language counts references.
 */
export function createTorchDifferentiation(
  core: EngineCore,
  context: KernelContext,
  definition: TrainingStepDefinition,
): Differentiation {
  const { tf, statistics } = core;
  const { torch, backend } = context;
  const { addon } = torch;
  const variables = [...definition.variables.values()];
  const byTape = createTapeDifferentiation(core, definition);
  const livenessBySize = new Map<string, Liveness | undefined>();
  let hasCustomGradients = false;

  /** The forward pass on shapes alone: which kernel call reads each tensor last. */
  function trace(batch: HostRecord, upload: EngineCore["upload"]): Liveness | undefined {
    const uploaded: Tensor[] = [];
    let scalars: Scalars = {};
    statistics.hold();
    try {
      const names = Object.keys(batch);
      for (const name of names) uploaded.push(upload(batch[name]));
      const recorder = new LivenessRecorder(uploaded);
      const taken = uploaded.values();
      const given = { tf, upload: () => taken.next().value as Tensor };
      scalars = watch(tf, recorder, () => computeScalars(given, definition, batch));
      return recorder.liveness(Object.values(scalars));
    } catch {
      // A kernel without a shape rule, or a fault that the real pass will meet again: it then frees at its end.
      return undefined;
    } finally {
      statistics.release(false);
      disposeAll([...Object.values(scalars), ...uploaded]);
    }
  }

  function forward(batch: HostRecord, liveness: Liveness | undefined): Scalars {
    const uploaded = Object.keys(batch).map((name) => core.upload(batch[name]));
    const taken = uploaded.values();
    const given = { tf, upload: () => taken.next().value as Tensor };
    const inner = liveness ? new ForgettingRecorder(liveness, uploaded) : { push: disposeSaved };
    const before = addon.setGradEnabled(true);
    try {
      return watch(tf, noticingCustomGradients(inner), () => computeScalars(given, definition, batch));
    } finally {
      addon.setGradEnabled(before);
      disposeAll(uploaded);
    }
  }

  /** Where the pass takes another course than on shapes, what it still needs may be gone: then it runs anew, and frees at its end. */
  function forwardFreeing(batch: HostRecord): Scalars {
    const size = batchSizeKey(batch);
    const liveness = livenessBySize.get(size);
    const { held } = statistics;
    try {
      return forward(batch, liveness);
    } catch (error) {
      const strayed = error instanceof Error && /shapes alone|disposed/.test(error.message);
      if (!liveness || !strayed) throw error;
      livenessBySize.set(size, undefined);
      statistics.rollBack(held);
      return forward(batch, undefined);
    }
  }

  /** libtorch would look through a `tf.customGrad`; tfjs records it as a kernel that nobody registered. */
  function noticingCustomGradients(recorder: TapeRecorder): TapeRecorder {
    return {
      push(node: TapeNode) {
        hasCustomGradients ||= !tf.getKernel(node.kernelName, tf.getBackend()) && !isClone(node);
        recorder.push(node);
      },
    };
  }

  /** Frees what autograd recorded for scalars that are only watched. */
  function detach(scalars: Scalars): void {
    const loss = backend.entry(scalars.loss);
    for (const name in scalars) {
      const entry = backend.entry(scalars[name]);
      if (entry === loss || entry.handle === undefined) continue;
      const detached = torch.call("detach", entry.handle);
      addon.dispose(entry.handle);
      entry.handle = detached;
    }
  }

  function addTo(gradients: GradientMap, computed: readonly (Handle | null)[]): void {
    for (const [index, handle] of computed.entries()) {
      if (handle === null) continue;
      const { id, shape } = variables[index];
      const earlier = gradients.get(id);
      if (earlier) {
        torch.call("add_.Tensor", backend.value(earlier), handle);
        addon.dispose(handle);
      } else {
        gradients.set(id, tf.engine().makeTensorFromTensorInfo(backend.output(handle, "float32", shape)));
      }
    }
  }

  return {
    async prepare(batch) {
      const size = batchSizeKey(batch);
      if (livenessBySize.has(size)) return;
      livenessBySize.set(size, await withShapes(tf, (upload) => trace(batch, upload)));
    },
    accumulate(batch, weight, gradients) {
      if (hasCustomGradients) return byTape.accumulate(batch, weight, gradients);
      const parameters = variables.map((variable) => backend.value(variable));
      addon.setRequiresGrad(parameters, true);
      let scalars: Scalars = {};
      const { held } = statistics;
      try {
        scalars = forwardFreeing(batch);
        if (hasCustomGradients) {
          disposeAll(Object.values(scalars));
          statistics.rollBack(held);
        } else {
          detach(scalars);
          const loss = backend.value(scalars.loss);
          if (addon.requiresGrad(loss)) addTo(gradients, addon.gradients(loss, parameters, weight));
          return scalars;
        }
      } catch (error) {
        disposeAll(Object.values(scalars));
        throw error;
      } finally {
        addon.setRequiresGrad(parameters, false);
      }
      return byTape.accumulate(batch, weight, gradients);
    },
  };
}

/** tfjs's tape calls a clone by the scope that it is made in. */
const isClone = ({ inputs, outputs: [y] }: TapeNode): boolean => inputs.x?.dataId === y.dataId;
