// What operators with gradients of their own share.
#pragma once
#include <torch/csrc/autograd/custom_function.h>

#include <string>
#include <vector>

namespace differentiated {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::Variable;
using torch::autograd::variable_list;
using Ints = std::vector<int64_t>;

inline at::ScalarType typeOf(bool half) { return half ? at::kBFloat16 : at::kFloat; }
/** NHWC seen as channels_last, and back: nothing moves. */
inline Tensor toNchw(const Tensor& x) { return x.permute({0, 3, 1, 2}); }
inline Tensor toNhwc(const Tensor& x) { return x.permute({0, 2, 3, 1}); }

/** What the gradient of an input must be like; of an absent one nothing. */
struct Input {
  explicit Input(const Tensor& tensor)
      : wanted(tensor.defined() && tensor.requires_grad()), type(tensor.defined() ? tensor.scalar_type() : at::kFloat) {}
  bool wanted;
  at::ScalarType type;
};

inline void remember(AutogradContext* context, const char* name, const Tensor& tensor) {
  Input input(tensor);
  context->saved_data[name] = Ints{input.wanted, static_cast<int64_t>(input.type)};
}
inline bool wanted(AutogradContext* context, const char* name) { return context->saved_data[name].toIntVector()[0] != 0; }
/** The gradient in the type of its input. */
inline Tensor fitted(AutogradContext* context, const char* name, const Tensor& gradient) {
  if (!gradient.defined() || !wanted(context, name)) return Tensor();
  return gradient.to(static_cast<at::ScalarType>(context->saved_data[name].toIntVector()[1]));
}

}  // namespace differentiated
