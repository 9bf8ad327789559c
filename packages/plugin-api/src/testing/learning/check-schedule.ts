import type { DefinitionOf } from "../../component.js";
import type { Schedule } from "../../learning/optimizer.js";
import { buildComponent, type CheckedWith } from "../build-component.js";
import { checkDefinition } from "../check-definition.js";
import { broken, type CheckReport } from "../checklist.js";
import { withoutMathRandom } from "../hidden-randomness.js";

/**
 * Tests what a schedule promises: a finite factor from 0 for every progress in [0, 1), the same whatever was asked
 * before: a run that was broken off goes on in the middle.
 * @throws EosinError `CHECK_FAILED`, naming the promise.
 */
export async function checkSchedule(definition: DefinitionOf<Schedule>, how: CheckedWith = {}): Promise<CheckReport> {
  const list = await checkDefinition(definition, ["schedule"], how);
  const build = async () => (await buildComponent(definition, how)).it;
  const steps = Array.from({ length: 400 }, (_, step) => step / 400);
  const factor = (it: Schedule, progress: number) => withoutMathRandom(() => it.factor(progress));

  await list.check("every progress has a finite factor that is not negative", async () => {
    const it = await build();
    for (const progress of steps) {
      const value = factor(it, progress);
      if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
        broken("a finite factor from 0", `${value} at ${progress}`);
    }
  });
  await list.check("the factor depends on the progress alone", async () => {
    const it = await build();
    for (const progress of [...steps].reverse()) {
      const [alone, after] = [factor(await build(), progress), factor(it, progress)];
      if (alone !== after) broken(`${alone} at ${progress}`, String(after));
    }
  });
  return list.report();
}
