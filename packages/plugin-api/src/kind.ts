/**
 * What the core does with components of a kind.
 *
 * - `planned`: the component stands as a step and runs while planning; its implementation is {@link PlannedComponent}.
 * - `step`: the component stands as a step and runs in its own process; its implementation is {@link StepComponent}.
 * - `part`: the component is named inside another component's options (`{ uses, with }`).
 */
export type KindRole = "planned" | "step" | "part";

/** A family of components that share one documented interface. */
export interface KindDefinition {
  readonly $eosin: "kind";
  /** Lower-case word, e.g. `augmenter`. */
  readonly name: string;
  readonly role: KindRole;
  readonly summary: string;
}

export function defineKind(kind: Omit<KindDefinition, "$eosin">): KindDefinition {
  return { $eosin: "kind", ...kind };
}

/** The kinds that Eosin itself knows; a plugin may bring more. */
export const builtInKinds: readonly KindDefinition[] = [
  defineKind({ name: "dataset", role: "planned", summary: "An index of samples, and how their pixels are read." }),
  defineKind({ name: "split", role: "planned", summary: "Folds: which samples train, validate and test." }),
  defineKind({ name: "step", role: "step", summary: "Anything that reads artifacts and writes one." }),
  defineKind({ name: "trainer", role: "step", summary: "Trains a network on one split; writes a model." }),
  defineKind({ name: "evaluator", role: "step", summary: "Predicts the samples of a split; writes predictions." }),
  defineKind({ name: "reporter", role: "step", summary: "Turns predictions and models into something to read." }),
  defineKind({ name: "separator", role: "part", summary: "Splits an image into stain densities and a stain matrix." }),
  defineKind({ name: "normalizer", role: "part", summary: "Maps an image to a reference appearance." }),
  defineKind({ name: "augmenter", role: "part", summary: "Perturbs a training sample at random." }),
  defineKind({ name: "network", role: "part", summary: "A differentiable function of an image." }),
  defineKind({ name: "loss", role: "part", summary: "What training minimises." }),
  defineKind({ name: "optimizer", role: "part", summary: "Turns gradients into updates of the weights." }),
  defineKind({ name: "schedule", role: "part", summary: "The learning rate by epoch." }),
  defineKind({ name: "postprocess", role: "part", summary: "Cleans a predicted mask." }),
  defineKind({ name: "metric", role: "part", summary: "Judges one prediction against its truth." }),
];
