#pragma once
#include <ATen/ATen.h>

/**
 * Channels behind each other: y (…, c₁ + c₂ + …) of parts (…, cᵢ). All contiguous, of one type, float32 or bfloat16, on the
 * CPU. For few channels, where libtorch's copies go element by element.
 */
void concatChannels(const std::vector<at::Tensor>& parts, at::Tensor& y);
/** The reverse. */
void splitChannels(const at::Tensor& y, std::vector<at::Tensor>& parts);
