import type { Engine } from "@eosin/plugin-api/learning";
import type { OperationCase } from "./case.js";
import { behaviourCases } from "./cases/behaviour.js";
import { elementwiseCases } from "./cases/elementwise.js";
import { engineOpCases } from "./cases/engine-ops.js";
import { layoutCases } from "./cases/layout.js";
import { reductionCases } from "./cases/reduction.js";
import { spatialCases } from "./cases/spatial.js";
import { judge } from "./judge.js";

export interface ConformanceCheck {
  readonly name: string;
  /** @throws Error that says by how much the engine is off. */
  run(engine: Engine): Promise<void>;
}

export interface ConformanceFailure {
  readonly name: string;
  readonly reason: string;
}

const operationCases: readonly OperationCase[] = [
  ...engineOpCases,
  ...spatialCases,
  ...elementwiseCases,
  ...reductionCases,
  ...layoutCases,
];

/** @param tolerance Largest relative L2 error of values and gradients; 1e-4 for float32 engines. */
export function conformanceChecks(tolerance = 1e-4): readonly ConformanceCheck[] {
  return [
    ...operationCases.map((operation) => ({
      name: operation.name,
      async run(engine: Engine) {
        const { forward, gradients } = await judge(engine, operation);
        const off = Object.entries({ "the output": forward, ...gradients }).filter(
          ([, error]) => !(error <= tolerance),
        );
        if (off.length === 0) return;
        throw new Error(off.map(([what, error]) => `${what} is off by ${error.toExponential(1)}`).join(", "));
      },
    })),
    ...behaviourCases.map(({ name, check }) => ({ name, run: (engine: Engine) => check(engine, tolerance) })),
  ];
}

/** Holds an engine against the contract: an engine that passes trains what every other one trains. */
export async function runConformance(
  engine: Engine,
  tolerance?: number,
): Promise<{ readonly passed: number; readonly failures: readonly ConformanceFailure[] }> {
  const failures: ConformanceFailure[] = [];
  const checks = conformanceChecks(tolerance);
  for (const { name, run } of checks) {
    try {
      await run(engine);
    } catch (error) {
      failures.push({ name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { passed: checks.length - failures.length, failures };
}
