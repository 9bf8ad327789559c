// Apart from planning: a command that only shows a plan loads none of it.
export { type CheckedLook, checkLook, type LookCheck, type LookFault } from "./check-look.js";
export { type ExecRequest, execInstance } from "./exec-instance.js";
export { instanceFileNames } from "./file-name.js";
export { type RecordedDemand, type RunDemand, readDemand } from "./run-demand.js";
export { type RunRequest, type RunResult, runPlan } from "./run-plan.js";
export { stepEnvironment } from "./step-environment.js";
