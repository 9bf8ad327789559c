#pragma once
#include <ATen/ATen.h>

struct AdamSettings {
  int64_t step;
  double learningRate, beta1, beta2, epsilon, weightDecay, shrink;
};

/**
 * Kingma & Ba (2015), algorithm 1, in PyTorch's form (ε outside the root, weight decay into the gradient; `shrink` is what
 * a weight is multiplied by, for decoupled decay); all tensors in place, in one parallel pass. Each four of the lists have the same sizes and the same dense strides.
 */
void adamStep(at::TensorList parameters, at::TensorList gradients, at::TensorList firsts, at::TensorList seconds,
              const AdamSettings& settings);
