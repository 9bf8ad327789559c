#pragma once
#include <ATen/ATen.h>

/**
 * Whether a convolution is one of those that a network ends in: 3×3, stride 1, padded by 1, on the CPU, to no more than nine
 * channels, or three in bfloat16. Kernels for many compute sixteen or thirty-two at once, whatever is wanted; those for
 * bfloat16 are fast enough to win from four on.
 * @param x (batch, in, height, width), in the type that is computed in. @param filter (height, width, in, out)
 */
bool isNarrow(const at::Tensor& x, at::IntArrayRef filter, at::IntArrayRef strides, at::IntArrayRef padding,
              at::IntArrayRef dilations);

/**
 * In float32 alone: in bfloat16 libtorch's own is faster.
 * @param x (batch, height, width, in), contiguous. @param weights (out, 3, 3, in), contiguous.
 * @param bias (out), contiguous, or undefined. @param y (batch, height, width, out).
 */
void narrowConvolution(const at::Tensor& x, const at::Tensor& weights, const at::Tensor& bias, at::Tensor& y);

/**
 * All gradients in one pass, float32 or bfloat16.
 * @param dy Like y, contiguous. @param dx Like x. @param dweights (out, 3, 3, in) and @param dbias (out), float32; the same
 * for every number of threads.
 */
void narrowConvolutionBackward(const at::Tensor& dy, const at::Tensor& x, const at::Tensor& weights, at::Tensor& dx,
                               at::Tensor& dweights, at::Tensor& dbias);
