#pragma once
#include <ATen/ATen.h>

/**
 * A convolution as tfjs has it, differentiable: one node of the graph for libtorch's casts, turns and convolution.
 * @param x (batch, height, width, in). @param filter (height, width, in / groups, out), or (height, width, channels,
 * multiplier) of a depthwise one. @param half Whether it is computed in, and gives, bfloat16.
 */
at::Tensor convolution(const at::Tensor& x, const at::Tensor& filter, const c10::optional<at::Tensor>& bias,
                       at::IntArrayRef strides, at::IntArrayRef padding, at::IntArrayRef dilations, bool depthwise,
                       bool half);

/** A 3×3 convolution, padded by 1, over [x doubled by nearest neighbour, skip], of which nothing is doubled. CPU. */
at::Tensor upsampledConvolution(const at::Tensor& x, const c10::optional<at::Tensor>& skip, const at::Tensor& filter,
                                bool half);
