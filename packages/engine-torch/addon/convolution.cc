#include "convolution.h"

#include "depthwise.h"
#include "differentiated.h"
#include "narrow-convolution.h"

using namespace differentiated;

namespace {

/** (out, in, height, width) → (out, height, width, in), contiguous: as channels_last lies in memory. */
Tensor byTap(const Tensor& weights) { return weights.permute({0, 2, 3, 1}).contiguous(); }

struct Convolution : Function<Convolution> {
  static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& filter, const c10::optional<Tensor>& bias,
                        const Ints& strides, const Ints& padding, const Ints& dilations, bool depthwise, bool half) {
    TORCH_CHECK(x.dim() == 4 && filter.dim() == 4 && filter.size(2) > 0, "conv2d: x ", x.sizes(), " and filter ",
                filter.sizes(), " are not (batch, height, width, in) and (height, width, in, out)");
    TORCH_CHECK(!bias || (bias->dim() == 1 && bias->size(0) == filter.size(3)), "conv2d: a bias of ",
                bias ? bias->sizes() : at::IntArrayRef(), " for the filter ", filter.sizes());
    auto type = typeOf(half);
    auto input = toNchw(x.to(type));
    // (out, in / groups, height, width)
    auto weights = depthwise ? filter.permute({2, 3, 0, 1}).reshape({-1, 1, filter.size(0), filter.size(1)})
                             : filter.permute({3, 2, 0, 1});
    weights = weights.to(type);
    auto groups = depthwise ? filter.size(2) : x.size(3) / filter.size(2);
    const bool narrow = !depthwise && isNarrow(input, filter.sizes(), strides, padding, dilations);
    Tensor y;
    if (narrow && !half) {
      y = at::empty({x.size(0), x.size(1), x.size(2), filter.size(3)}, input.options());
      narrowConvolution(toNhwc(input).contiguous(), byTap(weights), bias ? bias->contiguous() : Tensor(), y);
    } else {
      c10::optional<Tensor> shift;
      if (bias) shift = bias->to(type);
      y = toNhwc(at::convolution(input, weights, shift, strides, padding, dilations, false, {0, 0}, groups));
    }
    context->save_for_backward({input, weights});
    remember(context, "x", x);
    remember(context, "filter", filter);
    remember(context, "bias", bias.value_or(Tensor()));
    context->saved_data["how"] = Ints{strides[0],   strides[1],   padding[0], padding[1], dilations[0],
                                      dilations[1], depthwise, groups,     narrow};
    context->saved_data["filterShape"] = filter.sizes().vec();
    return y;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    auto saved = context->get_saved_variables();
    auto how = context->saved_data["how"].toIntVector();
    auto shape = context->saved_data["filterShape"].toIntVector();
    Tensor input = saved[0], weights = saved[1];
    if (how[8] || (how[6] && depthwiseBackwardFits(input, shape, {how[0], how[1]}, {how[4], how[5]}))) {
      auto x = toNhwc(input).contiguous();
      auto dy = gradients[0].to(x.scalar_type()).contiguous();
      auto dx = at::empty_like(x);
      auto floats = weights.options().dtype(at::kFloat);
      if (how[8]) {
        auto taps = byTap(weights);
        auto dw = at::empty(taps.sizes(), floats), db = at::empty({weights.size(0)}, floats);
        narrowConvolutionBackward(dy, x, taps, dx, dw, db);
        return given(context, dx, dw.permute({1, 2, 3, 0}), db);
      }
      auto dw = at::empty(weights.sizes(), floats);
      depthwiseBackward(dy, x, weights.contiguous(), {how[0], how[1]}, {how[2], how[3]}, dx, dw);
      auto db = wanted(context, "bias") ? dy.sum({0, 1, 2}, false, at::kFloat) : Tensor();
      return given(context, dx, dw.reshape({shape[2], shape[3], shape[0], shape[1]}).permute({2, 3, 0, 1}), db);
    }
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
    return given(context, dx, dw, db);
  }

 private:
  static variable_list given(AutogradContext* context, const Tensor& dx, const Tensor& dw, const Tensor& db) {
    return {fitted(context, "x", dx), fitted(context, "filter", dw), fitted(context, "bias", db), Variable(), Variable(),
            Variable(),               Variable(),                    Variable()};
  }
};

}  // namespace

Tensor convolution(const Tensor& x, const Tensor& filter, const c10::optional<Tensor>& bias, at::IntArrayRef strides,
                   at::IntArrayRef padding, at::IntArrayRef dilations, bool depthwise, bool half) {
  return Convolution::apply(x, filter, bias, strides.vec(), padding.vec(), dilations.vec(), depthwise, half);
}
