/**
 * A document that trains the paper's network its way, once.
 * @param steps YAML lines of steps, indented by two; the one named `split` has a single fold. @param engine A YAML mapping.
 */
export const trainingDocument = ({ engine, steps, size, batch, epochs, encoder }) => `name: epochs
plugins:
  "@eosin/engine": ^0.1.0
  "@eosin/plugins-data": ^0.1.0
  "@eosin/plugins-stain": ^0.1.0
  "@eosin/plugins-model": ^0.1.0
seed: 1
engine: ${engine}
steps:
${steps}
  train:
    uses: model/trainer
    each: { fold: "\${steps.split}" }
    with:
      split: \${each.fold}
      size: ${size}
      batch: ${batch}
      epochs: ${epochs}
      network: { uses: model/multitask-unet, with: { encoder: ${encoder}, pretrained: none } }
      loss: { uses: model/segmentation-plus-reconstruction, with: { segmentation: mcc, alpha: 0.3 } }
      augment:
        - { uses: data/flip, with: { horizontal: 0.5, vertical: 0.5 } }
        - { uses: data/rotate90, with: { p: 0.5 } }
        - uses: stain/one-of
          with:
            choices:
              - { p: 0.25, uses: stain/randstainna }
              - { p: 0.25, uses: stain/separation-augment }
      optimizer: { uses: model/adam, with: { lr: 0.001 } }
`;
