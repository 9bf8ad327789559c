import type { Engine, Loss, LossBatch, Network, TrainingStepDefinition } from "@eosin/plugin-api/learning";

/** Of ImageNet, in 8-bit values: what networks expect of their input, and what evaluators give them. */
const mean = [0.485, 0.456, 0.406].map((value) => 255 * value);
const deviation = [0.229, 0.224, 0.225].map((value) => 255 * value);

/** What a training step minimises, as a function of the uploaded batch: `rgb` (b,h,w,3), 0…255, `mask` (b,h,w,1), 0/1. */
export function trainingObjective({ tf }: Engine, network: Network, loss: Loss): TrainingStepDefinition["objective"] {
  return ({ rgb, mask, valid, density }) => {
    const image = tf.div(tf.sub(rgb, tf.tensor1d(mean)), tf.tensor1d(deviation)) as LossBatch["image"];
    // Networks that drop paths at random keep them all: half is above what any of them drops.
    const outputs = network.forward(image, { training: true, random: (_, shape) => tf.fill([...shape], 0.5) });
    const batch = { image, rgb, mask, valid, density } as LossBatch;
    const { total, terms } = loss.compute(tf, outputs, batch);
    return { loss: total, watch: terms };
  };
}
