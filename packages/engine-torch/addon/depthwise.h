#pragma once
#include <ATen/ATen.h>

/** Whether `depthwiseBackward` can: on the CPU, square filters of 3 or 5 taps, one for each channel. */
bool depthwiseBackwardFits(const at::Tensor& x, at::IntArrayRef filter, at::IntArrayRef strides,
                           at::IntArrayRef dilations);

/**
 * Both gradients of a depthwise convolution, in one pass over an image: libtorch's are several times slower, in bfloat16
 * most of all.
 * @param dy (batch, height', width', channels), contiguous. @param x (batch, height, width, channels), contiguous.
 * @param weights (channels, 1, k, k), as `dy` and `x` float32 or bfloat16.
 * @param dx like x. @param dweights (channels, 1, k, k), float32, contiguous; the same for every number of threads.
 */
void depthwiseBackward(const at::Tensor& dy, const at::Tensor& x, const at::Tensor& weights, at::IntArrayRef strides,
                       at::IntArrayRef padding, at::Tensor& dx, at::Tensor& dweights);
