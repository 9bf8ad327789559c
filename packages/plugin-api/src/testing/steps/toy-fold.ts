import type { AnyComponentDefinition } from "../../component.js";
import { sampleLoader } from "../../imaging/sample-loader.js";
import type { Split } from "../../imaging/split.js";
import { defineService } from "../../service.js";
import { buildComponent, componentNamed } from "../build-component.js";
import type { StepCheck } from "./check-step.js";
import { handleOf } from "./plan-context.js";
import { toySplit } from "./toy-dataset.js";
import { ToyLoader } from "./toy-loader.js";

/** What a step that works on a fold is tested with. */
export interface ToyFold {
  readonly split: Split;
  /** Tells what the step looked at. */
  readonly loader: ToyLoader;
  /** The check, with the fold as the option `split` and the loader among the services. */
  readonly how: StepCheck;
}

export function toyFold(definition: AnyComponentDefinition, how: StepCheck): ToyFold {
  const split = toySplit();
  const { components = [], services = [], artifacts } = how;
  const loader = new ToyLoader(async (spec, state) => {
    const named = componentNamed(spec, [definition, ...components]);
    return (await buildComponent(named, { options: spec.with, components, services }, state)).it;
  });
  return {
    split,
    loader,
    how: {
      ...how,
      options: { split: handleOf("split", "folds"), ...how.options },
      artifacts: { folds: { type: "split", value: split }, ...artifacts },
      services: [defineService(sampleLoader, () => loader), ...services],
    },
  };
}
