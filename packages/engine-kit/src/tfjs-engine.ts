import type {
  Engine,
  EngineIdentity,
  EngineOps,
  HostTensor,
  Tf,
  TrainingStepDefinition,
} from "@eosin/plugin-api/learning";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { EngineCore } from "./engine-core.js";
import { createEvaluationStep } from "./evaluation-step/evaluation-step.js";
import { registerGradients } from "./gradients/index.js";
import type { ConvolutionTraits } from "./operations/convolution-traits.js";
import { createOps, operations } from "./operations/index.js";
import { registerOperations } from "./operations/register.js";
import { RunningStatistics, type StatisticsMove } from "./operations/running-statistics.js";
import type { Differentiation } from "./training-step/differentiation.js";
import { createTrainingStep } from "./training-step/training-step.js";

export interface TfjsBackend extends ConvolutionTraits {
  readonly identity: EngineIdentity;
  readonly tf: Tf;
  /** In tfjs's registry. */
  readonly name: string;
  readonly memoryLimitBytes?: number;
  readonly upload?: (host: HostTensor) => Tensor;
  /** Called whenever the back end becomes the one that computes. */
  readonly activated?: () => void;
  /** Operations that the back end has otherwise than as kernels. */
  readonly ops?: Partial<EngineOps>;
  /** Moves running statistics all at once, in the moves' order, where the back end can. */
  readonly moveStatistics?: (moves: readonly StatisticsMove[]) => void;
  /** Without it gradients are tfjs's. */
  readonly differentiation?: (core: EngineCore, definition: TrainingStepDefinition) => Differentiation;
}

/** The engine over a tfjs back end that is ready, with its own kernels registered. */
export async function createTfjsEngine(backend: TfjsBackend): Promise<Engine> {
  const { identity, tf, name, memoryLimitBytes, upload = (host) => uploadCopy(tf, host) } = backend;
  const { explicitPadding, convolutionBias, dilatedConvolution } = backend;
  registerGradients(tf);
  registerOperations(tf, name, operations);
  const statistics = new RunningStatistics(tf, backend.moveStatistics);
  const traits = { explicitPadding, convolutionBias, dilatedConvolution };
  const ops: EngineOps = { ...createOps(tf, { ...traits, statistics }), ...backend.ops };
  const core: EngineCore = {
    tf,
    statistics,
    globalNorm: ops.globalNorm,
    upload,
    async activate() {
      if (tf.getBackend() !== name) await tf.setBackend(name);
      backend.activated?.();
    },
  };
  await core.activate();
  return {
    identity,
    tf,
    ops,
    memoryLimitBytes,
    trainingStep: (definition) => createTrainingStep(core, definition, backend.differentiation?.(core, definition)),
    evaluationStep: (forward) => createEvaluationStep(core, forward),
  };
}

function uploadCopy(tf: Tf, { data, shape }: HostTensor): Tensor {
  if (data instanceof Int32Array) return tf.tensor(data, [...shape], "int32");
  return tf.tensor(data instanceof Float32Array ? data : new Float32Array(data), [...shape], "float32");
}
