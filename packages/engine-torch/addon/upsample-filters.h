#pragma once
#include <ATen/ATen.h>

/**
 * A 3×3 filter over a tensor whose first channels were doubled (nearest neighbour), as two filters that need no doubling:
 * over the small tensor a transposed convolution of 4×4 taps and stride 2, over the other channels the rest as it is.
 * @param weights (out, 3, 3, in), contiguous, float32.
 * @param upper (channels, 4, 4, out) and lower (out, 3, 3, in − channels), contiguous, float32 or bfloat16: as the
 *   convolutions take them in channels_last.
 */
void upsampleFilters(const at::Tensor& weights, at::Tensor& upper, at::Tensor& lower);
/** The adjoint. @param dweights (out, 3, 3, in), float32. */
void upsampleFiltersBackward(const at::Tensor& dupper, const at::Tensor& dlower, at::Tensor& dweights);
