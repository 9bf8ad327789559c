#include "narrow-convolution.h"

#include "padded-rows.h"

using at::Tensor;
using lanes::imageOf;
using lanes::kLanes;
using lanes::Lanes;
using lanes::PaddedRows;

namespace {

constexpr int kTaps = 9;
/** Rows that are computed in one go, by one thread. */
constexpr int64_t kStrip = 16;
/** Pixels whose gradients are summed side by side, so that the units for sums are never waited for. */
constexpr int kTogether = 8;

struct Extent {
  int64_t height, width, channels, blocks, outputs, strips;
  explicit Extent(const Tensor& x, int64_t outputs)
      : height(x.size(1)),
        width(x.size(2)),
        channels(x.size(3)),
        blocks(lanes::blocksOf(x.size(3))),
        outputs(outputs),
        strips((x.size(1) + kStrip - 1) / kStrip) {}
};

/** Filters by sixteen channels, by tap, by output; zeros where there is none. */
template <int Out, typename T>
std::vector<Lanes> packed(const T* weights, const Extent& e) {
  std::vector<Lanes> result(static_cast<size_t>(e.blocks * kTaps * Out));
  const T* end = weights + e.outputs * kTaps * e.channels;
  for (int64_t o = 0; o < e.outputs; o++)
    for (int64_t tap = 0; tap < kTaps; tap++)
      for (int64_t b = 0; b < e.blocks; b++)
        result[static_cast<size_t>((b * kTaps + tap) * Out + o)] =
            lanes::load(weights + (o * kTaps + tap) * e.channels + b * kLanes, e.channels - b * kLanes, end);
  return result;
}

/** Calls f(image, first row, end row, number of the strip). */
template <typename F>
void forStrips(int64_t begin, int64_t end, const Extent& e, F&& f) {
  for (int64_t strip = begin; strip < end; strip++) {
    const int64_t first = strip % e.strips * kStrip;
    f(strip / e.strips, first, std::min(e.height, first + kStrip), strip);
  }
}

template <int Out>
void forward(const Tensor& x, const Tensor& weights, const float* bias, Tensor& y) {
  const Extent e(x, y.size(3));
  const auto filters = packed<Out>(rows::data<float>(weights), e);
  float shift[Out] = {};
  for (int64_t o = 0; bias && o < e.outputs; o++) shift[o] = bias[o];
  at::parallel_for(0, x.size(0) * e.strips, 1, [&](int64_t begin, int64_t end) {
    PaddedRows input(kStrip + 2, e.width + 2, e.blocks);
    forStrips(begin, end, e, [&](int64_t image, int64_t first, int64_t last, int64_t) {
      const auto from = imageOf<const float>(x, image);
      for (int64_t r = 0; r < last - first + 2; r++) input.fill(r, from, first - 1 + r, 1, 0);
      for (int64_t row = 0; row < last - first; row++) {
        float* target = imageOf<float>(y, image).row(first + row);
        const Lanes* above[] = {input.row(row), input.row(row + 1), input.row(row + 2)};
        for (int64_t px = 0; px < e.width; px++) {
          Lanes sums[Out] = {};
          for (int64_t b = 0; b < e.blocks; b++) {
            const Lanes* w = filters.data() + b * kTaps * Out;
#pragma GCC unroll 3
            for (int ky = 0; ky < 3; ky++)
#pragma GCC unroll 3
              for (int kx = 0; kx < 3; kx++) {
                const Lanes value = above[ky][(px + kx) * e.blocks + b];
                for (int o = 0; o < Out; o++) sums[o] += value * w[(ky * 3 + kx) * Out + o];
              }
          }
          for (int o = 0; o < Out; o++)
            if (o < e.outputs) target[px * e.outputs + o] = lanes::sum(sums[o]) + shift[o];
        }
      }
    });
  });
}

/** Rows of dy as float32 with zeros around them, `Out` values a pixel. */
template <int Out, typename T>
void padGradient(const T* dy, const Extent& e, int64_t first, int64_t count, int64_t width, std::vector<float>& target) {
  target.assign(static_cast<size_t>(count * width * Out), 0.0f);
  for (int64_t r = std::max<int64_t>(0, -first); r < std::min(count, e.height - first); r++) {
    const T* source = dy + (first + r) * e.width * e.outputs;
    float* row = target.data() + (r * width + 1) * Out;
    for (int64_t px = 0; px < e.width; px++)
      for (int64_t o = 0; o < e.outputs; o++) row[px * Out + o] = rows::widen(source[px * e.outputs + o]);
  }
}

/** One row of dx: each tap over the gradient that it brought forth. @param dy Three padded rows. */
template <int Out, typename T>
[[gnu::noinline]] void inputGradient(const float* dy, int64_t rowLength, const Lanes* filters, const Extent& e, T* dx) {
  for (int64_t px = 0; px < e.width; px += kTogether) {
    for (int64_t b = 0; b < e.blocks; b++) {
      Lanes sums[kTogether] = {};
      const Lanes* w = filters + b * kTaps * Out;
      for (int ky = 0; ky < 3; ky++) {
        const float* g = dy + (2 - ky) * rowLength + px * Out;
#pragma GCC unroll 3
        for (int kx = 0; kx < 3; kx++)
          for (int o = 0; o < Out; o++)
            for (int j = 0; j < kTogether; j++) sums[j] += w[(ky * 3 + kx) * Out + o] * g[(j + 2 - kx) * Out + o];
      }
      for (int j = 0; j < kTogether && px + j < e.width; j++)
        lanes::store(sums[j], dx + (px + j) * e.channels + b * kLanes, e.channels - b * kLanes);
    }
  }
}

/** Adds one row of dy to the filters' gradients. @param dy A padded row's first pixel. */
template <int Out>
[[gnu::noinline]] void filterGradient(const float* dy, PaddedRows& input, int64_t row, const Extent& e, Lanes* dw) {
  for (int64_t b = 0; b < e.blocks; b++) {
    for (int ky = 0; ky < 3; ky++) {
      const Lanes* source = input.row(row + ky) + b;
      Lanes sums[3 * Out] = {};
      for (int64_t px = 0; px < e.width; px++)
        for (int kx = 0; kx < 3; kx++) {
          const Lanes value = source[(px + kx) * e.blocks];
          for (int o = 0; o < Out; o++) sums[kx * Out + o] += value * dy[px * Out + o];
        }
      for (int i = 0; i < 3 * Out; i++) dw[(b * kTaps + ky * 3) * Out + i] += sums[i];
    }
  }
}

template <int Out, typename T>
void backward(const Tensor& dy, const Tensor& x, const Tensor& weights, Tensor& dx, Tensor& dweights, Tensor& dbias) {
  const Extent e(x, dy.size(3));
  const auto filters = packed<Out>(rows::data<T>(weights), e);
  const int64_t strips = x.size(0) * e.strips, size = kTaps * Out * e.blocks;
  // One sum for each strip, added in their order.
  std::vector<Lanes> filterSums(static_cast<size_t>(strips * size));
  std::vector<float> biasSums(static_cast<size_t>(strips * Out));
  // One pixel before, and behind as many as are read together.
  const int64_t width = e.width + 2 + kTogether;
  at::parallel_for(0, strips, 1, [&](int64_t begin, int64_t end) {
    PaddedRows input(kStrip + 2, e.width + 2, e.blocks);
    std::vector<float> gradient;
    forStrips(begin, end, e, [&](int64_t image, int64_t first, int64_t last, int64_t strip) {
      const int64_t count = last - first + 2;
      for (int64_t r = 0; r < count; r++) input.fill(r, imageOf<const T>(x, image), first - 1 + r, 1, 0);
      padGradient<Out>(imageOf<const T>(dy, image).data, e, first - 1, count, width, gradient);
      Lanes* dw = filterSums.data() + strip * size;
      float* db = biasSums.data() + strip * Out;
      for (int64_t r = 0; r < last - first; r++) {
        const float* above = gradient.data() + r * width * Out;
        inputGradient<Out>(above, width * Out, filters.data(), e, imageOf<T>(dx, image).row(first + r));
        const float* own = above + (width + 1) * Out;
        filterGradient<Out>(own, input, r, e, dw);
        float sums[Out] = {};
        for (int64_t px = 0; px < e.width; px++)
          for (int o = 0; o < Out; o++) sums[o] += own[px * Out + o];
        for (int o = 0; o < Out; o++) db[o] += sums[o];
      }
    });
  });
  float *dw = rows::data<float>(dweights), *db = rows::data<float>(dbias);
  for (int64_t o = 0; o < e.outputs; o++) {
    double bias = 0;
    for (int64_t strip = 0; strip < strips; strip++) bias += static_cast<double>(biasSums[static_cast<size_t>(strip * Out + o)]);
    db[o] = static_cast<float>(bias);
    for (int64_t tap = 0; tap < kTaps; tap++) {
      for (int64_t c = 0; c < e.channels; c++) {
        const int64_t at = (c / kLanes * kTaps + tap) * Out + o;
        double total = 0;
        for (int64_t strip = 0; strip < strips; strip++)
          total += static_cast<double>(filterSums[static_cast<size_t>(strip * size + at)][c % kLanes]);
        dw[(o * kTaps + tap) * e.channels + c] = static_cast<float>(total);
      }
    }
  }
}

/** Calls f with the least number of outputs that is compiled and holds them. */
template <typename F>
void dispatch(int64_t outputs, F&& f) {
  if (outputs == 1) f(std::integral_constant<int, 1>{});
  else if (outputs == 2) f(std::integral_constant<int, 2>{});
  else if (outputs == 3) f(std::integral_constant<int, 3>{});
  else if (outputs <= 6) f(std::integral_constant<int, 6>{});
  else f(std::integral_constant<int, 9>{});
}

}  // namespace

bool isNarrow(const Tensor& x, at::IntArrayRef filter, at::IntArrayRef strides, at::IntArrayRef padding,
              at::IntArrayRef dilations) {
  const int64_t most = x.scalar_type() == at::kBFloat16 ? 3 : 9;
  const bool plain = filter[2] == x.size(1) && filter[0] == 3 && filter[1] == 3 && filter[3] <= most;
  auto ones = [](at::IntArrayRef pair) { return pair[0] == 1 && pair[1] == 1; };
  return x.is_cpu() && plain && ones(strides) && ones(padding) && ones(dilations);
}

void narrowConvolution(const Tensor& x, const Tensor& weights, const Tensor& bias, Tensor& y) {
  const float* shift = bias.defined() ? rows::data<float>(bias) : nullptr;
  dispatch(y.size(3), [&](auto outputs) { forward<outputs.value>(x, weights, shift, y); });
}

void narrowConvolutionBackward(const Tensor& dy, const Tensor& x, const Tensor& weights, Tensor& dx, Tensor& dweights,
                               Tensor& dbias) {
  rows::dispatch(x, [&](auto element) {
    dispatch(dy.size(3), [&](auto outputs) {
      backward<outputs.value, decltype(element)>(dy, x, weights, dx, dweights, dbias);
    });
  });
}
