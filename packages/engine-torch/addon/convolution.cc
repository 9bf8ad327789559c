#include "convolution.h"

#include <torch/csrc/autograd/custom_function.h>

#include "upsample-filters.h"

namespace {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::Variable;
using torch::autograd::variable_list;
using Ints = std::vector<int64_t>;

at::ScalarType typeOf(bool half) { return half ? at::kBFloat16 : at::kFloat; }
/** NHWC seen as channels_last, and back: nothing moves. */
Tensor toNchw(const Tensor& x) { return x.permute({0, 3, 1, 2}); }
Tensor toNhwc(const Tensor& x) { return x.permute({0, 2, 3, 1}); }

/** What the gradient of an input must be like; of an absent one nothing. */
struct Input {
  explicit Input(const Tensor& tensor)
      : wanted(tensor.defined() && tensor.requires_grad()), type(tensor.defined() ? tensor.scalar_type() : at::kFloat) {}
  bool wanted;
  at::ScalarType type;
};

void remember(AutogradContext* context, const char* name, const Tensor& tensor) {
  Input input(tensor);
  context->saved_data[name] = Ints{input.wanted, static_cast<int64_t>(input.type)};
}
bool wanted(AutogradContext* context, const char* name) { return context->saved_data[name].toIntVector()[0] != 0; }
/** The gradient in the type of its input. */
Tensor fitted(AutogradContext* context, const char* name, const Tensor& gradient) {
  if (!gradient.defined() || !wanted(context, name)) return Tensor();
  return gradient.to(static_cast<at::ScalarType>(context->saved_data[name].toIntVector()[1]));
}

struct Convolution : Function<Convolution> {
  static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& filter, const c10::optional<Tensor>& bias,
                        const Ints& strides, const Ints& padding, const Ints& dilations, bool depthwise, bool half) {
    auto type = typeOf(half);
    auto input = toNchw(x.to(type));
    // (out, in / groups, height, width)
    auto weights = depthwise ? filter.permute({2, 3, 0, 1}).reshape({-1, 1, filter.size(0), filter.size(1)})
                             : filter.permute({3, 2, 0, 1});
    weights = weights.to(type);
    auto groups = depthwise ? filter.size(2) : x.size(3) / filter.size(2);
    c10::optional<Tensor> shift;
    if (bias) shift = bias->to(type);
    auto y = at::convolution(input, weights, shift, strides, padding, dilations, false, {0, 0}, groups);
    context->save_for_backward({input, weights});
    remember(context, "x", x);
    remember(context, "filter", filter);
    remember(context, "bias", bias.value_or(Tensor()));
    context->saved_data["how"] = Ints{strides[0],   strides[1],   padding[0], padding[1], dilations[0],
                                      dilations[1], depthwise, groups};
    context->saved_data["filterShape"] = filter.sizes().vec();
    return toNhwc(y);
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    auto saved = context->get_saved_variables();
    auto how = context->saved_data["how"].toIntVector();
    auto shape = context->saved_data["filterShape"].toIntVector();
    Tensor input = saved[0], weights = saved[1];
    // oneDNN's depthwise gradients are several times slower in bfloat16 than in float32, both casts counted.
    if (how[6] && input.is_cpu()) {
      input = input.to(at::kFloat);
      weights = weights.to(at::kFloat);
    }
    auto dy = toNchw(gradients[0].to(input.scalar_type()));
    // One small sample goes to a kernel of libtorch's that takes filters in NCHW alone.
    constexpr int64_t kSmall = 20480;
    if (input.is_cpu() && input.size(0) == 1 && input.numel() <= kSmall) {
      input = input.contiguous();
      weights = weights.contiguous();
      dy = dy.contiguous();
    }
    Ints biasSizes{weights.size(0)};
    auto [dx, dw, db] = at::convolution_backward(
        dy, input, weights, biasSizes, Ints{how[0], how[1]}, Ints{how[2], how[3]}, Ints{how[4], how[5]}, false,
        Ints{0, 0}, how[7], {wanted(context, "x"), wanted(context, "filter"), wanted(context, "bias")});
    if (dx.defined()) dx = toNhwc(dx);
    if (dw.defined()) {
      dw = how[6] ? dw.reshape({shape[2], shape[3], shape[0], shape[1]}).permute({2, 3, 0, 1})
                  : dw.permute({2, 3, 1, 0});
    }
    return {fitted(context, "x", dx), fitted(context, "filter", dw), fitted(context, "bias", db), Variable(), Variable(),
            Variable(),               Variable(),                    Variable()};
  }
};

struct UpsampledConvolution : Function<UpsampledConvolution> {
  static Tensor forward(AutogradContext* context, const Tensor& x, const c10::optional<Tensor>& skip, const Tensor& filter,
                        bool half) {
    auto type = typeOf(half);
    // (out, 3, 3, in), as they lie in memory.
    auto weights = filter.to(at::kFloat).permute({3, 0, 1, 2}).contiguous();
    auto channels = x.size(3);
    auto options = weights.options().dtype(type);
    auto upper = at::empty({weights.size(0), 4, 4, channels}, options);
    auto lower = at::empty({weights.size(0), 3, 3, weights.size(3) - channels}, options);
    upsampleFilters(weights, upper, lower);
    auto small = toNchw(x.to(type));
    auto y = at::convolution(small, upper.permute({3, 0, 1, 2}), {}, {2, 2}, {1, 1}, {1, 1}, true, {0, 0}, 1);
    Tensor large;
    if (skip) {
      large = toNchw(skip->to(type));
      y.add_(at::convolution(large, lower.permute({0, 3, 1, 2}), {}, {1, 1}, {1, 1}, {1, 1}, false, {0, 0}, 1));
    }
    context->save_for_backward({small, large, upper, lower});
    remember(context, "x", x);
    remember(context, "skip", skip.value_or(Tensor()));
    remember(context, "filter", filter);
    return toNhwc(y);
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    auto saved = context->get_saved_variables();
    const Tensor &small = saved[0], &large = saved[1], &upper = saved[2], &lower = saved[3];
    auto dy = toNchw(gradients[0].to(small.scalar_type()));
    const bool filters = wanted(context, "filter");
    auto [dx, dupper, none] =
        at::convolution_backward(dy, small, upper.permute({3, 0, 1, 2}), at::OptionalIntArrayRef(), Ints{2, 2},
                                 Ints{1, 1}, Ints{1, 1}, true, Ints{0, 0}, 1, {wanted(context, "x"), filters, false});
    Tensor dskip, dlower;
    if (large.defined()) {
      std::tie(dskip, dlower, none) = at::convolution_backward(
          dy, large, lower.permute({0, 3, 1, 2}), at::OptionalIntArrayRef(), Ints{1, 1}, Ints{1, 1}, Ints{1, 1}, false,
          Ints{0, 0}, 1, {wanted(context, "skip"), filters, false});
    }
    Tensor dfilter;
    if (filters) {
      auto total = lower.size(3) + upper.size(3);
      auto dweights = at::empty({lower.size(0), 3, 3, total}, lower.options().dtype(at::kFloat));
      auto below = dlower.defined() ? dlower.permute({0, 2, 3, 1}).contiguous() : lower;
      upsampleFiltersBackward(dupper.permute({1, 2, 3, 0}).contiguous(), below, dweights);
      dfilter = dweights.permute({1, 2, 3, 0});
    }
    if (dx.defined()) dx = toNhwc(dx);
    if (dskip.defined()) dskip = toNhwc(dskip);
    return {fitted(context, "x", dx), fitted(context, "skip", dskip), fitted(context, "filter", dfilter), Variable()};
  }
};

}  // namespace

Tensor convolution(const Tensor& x, const Tensor& filter, const c10::optional<Tensor>& bias, at::IntArrayRef strides,
                   at::IntArrayRef padding, at::IntArrayRef dilations, bool depthwise, bool half) {
  return Convolution::apply(x, filter, bias, strides.vec(), padding.vec(), dilations.vec(), depthwise, half);
}

Tensor upsampledConvolution(const Tensor& x, const c10::optional<Tensor>& skip, const Tensor& filter, bool half) {
  return UpsampledConvolution::apply(x, skip, filter, half);
}
