#pragma once
#include <ATen/ATen.h>

/** y (batch, 1, 1, channels) = mean of x over height and width. */
void channelMeans(const at::Tensor& x, at::Tensor& y);
/** y = x·sigmoid(gate), gate (batch, 1, 1, channels). */
void scaleBySigmoid(const at::Tensor& x, const at::Tensor& gate, at::Tensor& y);
void scaleBySigmoidBackward(const at::Tensor& dy, const at::Tensor& x, const at::Tensor& gate, at::Tensor& dx,
                            at::Tensor& dgate);
