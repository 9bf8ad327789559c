import type { Look, LookContext } from "./look.js";
import type { PlanContext, PlannedOutput } from "./planned.js";

/** Implementation of the kinds with role `planned`: cheap, free of side effects. */
export interface PlannedComponent<Output extends PlannedOutput = PlannedOutput> {
  /** @returns What is planned; its values must be plain JSON. */
  plan(context: PlanContext): Promise<Output>;
  /**
   * Opens what `plan` only listed (it must be cheap): runs once for each content, as an instance of its own, before
   * anything that reads the output. Where it is made of other planned steps, only if one of those was looked at.
   * @throws EosinError where the output is of no use; one that carries the others where there are several faults
   */
  look?(context: LookContext<Output>): Promise<Look<Output>>;
}
