import type { Engine } from "@eosin/plugin-api/learning";
import type { ConformanceCase, OperationCase } from "../cases/case.js";
import { operations } from "../operations/index.js";
import { judge } from "./judge.js";
import { elementwiseCases } from "./stock/elementwise.js";
import { layoutCases } from "./stock/layout.js";
import { reductionCases } from "./stock/reduction.js";
import { spatialCases } from "./stock/spatial.js";
import { stepCases } from "./stock/steps.js";

export { relativeError } from "../cases/relative-error.js";

export interface ConformanceCheck {
  readonly name: string;
  /** @throws Error that says by how much the engine is off. */
  run(engine: Engine): Promise<void>;
}

const cases: readonly ConformanceCase[] = [
  ...operations.flatMap((operation) => operation.cases),
  ...spatialCases,
  ...elementwiseCases,
  ...reductionCases,
  ...layoutCases,
  ...stepCases,
];

/**
 * Holds an engine against the contract: an engine that passes trains what every other one trains.
 * @param tolerance Largest relative L2 error of values and gradients; 1e-4 for float32 engines.
 */
export function conformanceChecks(tolerance = 1e-4): readonly ConformanceCheck[] {
  return cases.map((each) => ({
    name: each.name,
    run: (engine) => ("check" in each ? each.check(engine, tolerance) : checkOperation(engine, each, tolerance)),
  }));
}

async function checkOperation(engine: Engine, operation: OperationCase, tolerance: number): Promise<void> {
  const { forward, gradients } = await judge(engine, operation);
  const off = Object.entries({ "the output": forward, ...gradients }).filter(([, error]) => !(error <= tolerance));
  if (off.length === 0) return;
  throw new Error(off.map(([what, error]) => `${what} is off by ${error.toExponential(1)}`).join(", "));
}
