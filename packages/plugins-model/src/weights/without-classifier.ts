import type { StoredTensor, StoredTensors } from "@eosin/plugin-api/tensor-file";

/** No weights of a network: the ImageNet classifier, and PyTorch's counters of batches and of averaged models. */
const DROPPED = /(^|\.)(_fc|fc|classifier)\.(weight|bias)$|\.num_batches_tracked$|(^|\.)n_averaged$/;

/** Leaves out what no network here has: the classifier's tensors and the batch counters. */
export function withoutClassifier(tensors: StoredTensors): Map<string, StoredTensor> {
  return new Map([...tensors].filter(([name]) => !DROPPED.test(name)));
}
