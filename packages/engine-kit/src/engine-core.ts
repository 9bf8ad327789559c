import type { EngineOps, HostTensor, Tf } from "@eosin/plugin-api/learning";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { RunningStatistics } from "./operations/running-statistics.js";

/** What the steps need of an engine. */
export interface EngineCore {
  readonly tf: Tf;
  readonly statistics: RunningStatistics;
  /** Makes the back end tfjs's current one: tfjs has one a process, and the shape engine may have been in between. */
  activate(): Promise<void>;
  upload(host: HostTensor): Tensor;
  readonly globalNorm: EngineOps["globalNorm"];
}
