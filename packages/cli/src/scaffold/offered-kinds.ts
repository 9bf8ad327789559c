/** Kinds of components that a new plugin can start with, and how its README and its example use the component. */
export const offeredKinds = {
  augmenter: { what: "perturbs training patches at random", usage: "{ spread: 0.2 }" },
  normalizer: { what: "maps patches to a reference appearance", usage: "{ strength: 1 }" },
  separator: { what: "splits a patch into stains", usage: "{ leastTissue: 0.01 }" },
  loss: { what: "what training minimises", usage: "{ gamma: 2 }" },
  network: { what: "a differentiable function of an image", usage: "{ channels: 16, depth: 3 }" },
  encoder: { what: "the contracting half of a network", usage: "{ channels: 16, depth: 4 }" },
  metric: { what: "judges a prediction against its truth", usage: "{ weight: 0.5 }" },
  optimizer: { what: "turns gradients into updates of the weights", usage: "{ lr: 0.001 }" },
  schedule: { what: "the learning rate over the training", usage: "{ drops: 2, factor: 0.1 }" },
  trainer: {
    what: "trains a network on a fold",
    usage:
      '{ split: "${each.fold}", network: { uses: model/unet, with: { encoder: tiny } }, loss: { uses: model/segmentation } }',
  },
  evaluator: { what: "predicts the patches of a fold", usage: '{ split: "${each.fold}", threshold: 0.5 }' },
  postprocess: { what: "cleans a predicted mask", usage: "{ neighbours: 2 }" },
  dataset: { what: "an index of patches, and how they are read", usage: "{ perDomain: 12, size: 64 }" },
  split: { what: "which patches train, validate and test", usage: '{ dataset: "${steps.data}", every: 4 }' },
  reporter: { what: "turns predictions into something to read", usage: '{ predictions: "${steps.evaluate}" }' },
  step: { what: "anything that reads artifacts and writes one", usage: '{ dataset: "${steps.data}" }' },
} as const;

export type OfferedKind = keyof typeof offeredKinds;

export const offeredKindNames = Object.keys(offeredKinds) as OfferedKind[];
