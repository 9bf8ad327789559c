#include "convolution.h"
#include "differentiated.h"
#include "upsample-filters.h"

using namespace differentiated;

namespace {

struct UpsampledConvolution : Function<UpsampledConvolution> {
  static Tensor forward(AutogradContext* context, const Tensor& x, const c10::optional<Tensor>& skip, const Tensor& filter,
                        bool half) {
    auto type = typeOf(half);
    // (out, 3, 3, in), as they lie in memory.
    auto weights = filter.to(at::kFloat).permute({3, 0, 1, 2}).contiguous();
    auto channels = x.size(3);
    auto options = weights.options().dtype(type);
    auto upper = at::empty({channels, 4, 4, weights.size(0)}, options);
    auto lower = at::empty({weights.size(0), 3, 3, weights.size(3) - channels}, options);
    upsampleFilters(weights, upper, lower);
    auto small = toNchw(x.to(type));
    auto y = at::convolution(small, toNchw(upper), {}, {2, 2}, {1, 1}, {1, 1}, true, {0, 0}, 1);
    Tensor large;
    if (skip) {
      large = toNchw(skip->to(type));
      y.add_(at::convolution(large, toNchw(lower), {}, {1, 1}, {1, 1}, {1, 1}, false, {0, 0}, 1));
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
        at::convolution_backward(dy, small, toNchw(upper), at::OptionalIntArrayRef(), Ints{2, 2},
                                 Ints{1, 1}, Ints{1, 1}, true, Ints{0, 0}, 1, {wanted(context, "x"), filters, false});
    Tensor dskip, dlower;
    if (large.defined()) {
      std::tie(dskip, dlower, none) = at::convolution_backward(
          dy, large, toNchw(lower), at::OptionalIntArrayRef(), Ints{1, 1}, Ints{1, 1}, Ints{1, 1}, false,
          Ints{0, 0}, 1, {wanted(context, "skip"), filters, false});
    }
    Tensor dfilter;
    if (filters) {
      auto total = lower.size(3) + upper.size(0);
      auto dweights = at::empty({lower.size(0), 3, 3, total}, lower.options().dtype(at::kFloat));
      auto below = dlower.defined() ? toNhwc(dlower).contiguous() : lower;
      upsampleFiltersBackward(toNhwc(dupper).contiguous(), below, dweights);
      dfilter = dweights.permute({1, 2, 3, 0});
    }
    if (dx.defined()) dx = toNhwc(dx);
    if (dskip.defined()) dskip = toNhwc(dskip);
    return {fitted(context, "x", dx), fitted(context, "skip", dskip), fitted(context, "filter", dfilter), Variable()};
  }
};

}  // namespace

Tensor upsampledConvolution(const Tensor& x, const c10::optional<Tensor>& skip, const Tensor& filter, bool half) {
  return UpsampledConvolution::apply(x, skip, filter, half);
}
