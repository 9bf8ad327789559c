// Batch normalisation over (batch, height, width) with the activation behind it; NHWC, float32 or bfloat16.
#include "batch-norm.h"

#include "rows.h"

using at::Tensor;
using rows::Layout;

namespace {

Layout layoutOf(const Tensor& x) {
  int64_t channels = x.size(-1);
  return Layout(x.numel() / channels, channels);
}

/** Mean and biased variance by channel, in one pass. */
template <typename T>
void statistics(const Tensor& x, Tensor& mean, Tensor& variance) {
  Layout layout = layoutOf(x);
  const T* input = rows::data<T>(x);
  const int64_t channels = layout.channels;
  // Differences from the first row keep the squares small where a channel's mean is large beside its spread.
  std::vector<float> first(static_cast<size_t>(channels));
  for (int64_t c = 0; c < channels; c++) first[static_cast<size_t>(c)] = rows::widen(input[c]);
  auto shift = rows::tiled(first.data(), layout);
  rows::ChannelSums<2> sums(layout);
  rows::forChunks(layout, [&](int64_t chunk, int64_t begin, int64_t end) {
    std::vector<float> partial(static_cast<size_t>(2 * layout.width));
    float* s = partial.data();
    float* q = s + layout.width;
    const float* from = shift.data();
    rows::forRows(layout, begin, end, [&](int64_t offset, int64_t length) {
      const T* row = input + offset;
#pragma omp simd
      for (int64_t i = 0; i < length; i++) {
        float d = rows::widen(row[i]) - from[i];
        s[i] += d;
        q[i] += d * d;
      }
    });
    sums.put(chunk, s);
  });
  auto total = sums.total();
  auto* m = rows::data<float>(mean);
  auto* v = rows::data<float>(variance);
  const double count = static_cast<double>(layout.count);
  for (int64_t c = 0; c < channels; c++) {
    double d = total[static_cast<size_t>(c)] / count;
    m[c] = static_cast<float>(first[static_cast<size_t>(c)] + d);
    v[c] = static_cast<float>(std::max(0.0, total[static_cast<size_t>(channels + c)] / count - d * d));
  }
}

template <typename T, typename Activation>
void affine(const Tensor& x, const float* scale, const float* shift, Tensor& y) {
  Layout layout = layoutOf(x);
  const T* input = rows::data<T>(x);
  T* output = rows::data<T>(y);
  auto scales = rows::tiled(scale, layout);
  auto shifts = rows::tiled(shift, layout);
  rows::forChunks(layout, [&](int64_t, int64_t begin, int64_t end) {
    const float* a = scales.data();
    const float* b = shifts.data();
    rows::forRows(layout, begin, end, [&](int64_t offset, int64_t length) {
      const T* from = input + offset;
      T* to = output + offset;
#pragma omp simd
      for (int64_t i = 0; i < length; i++) rows::narrow(Activation::value(rows::widen(from[i]) * a[i] + b[i]), to[i]);
    });
  });
}

/** Σ dz and Σ dz·(x − mean) by channel, dz = dy·act′(x·scale + shift). */
template <typename T, typename Activation>
std::vector<double> gradientSums(const Layout& layout, const T* dy, const T* x, const std::vector<float>& scale,
                                 const std::vector<float>& shift, const std::vector<float>& mean) {
  rows::ChannelSums<2> sums(layout);
  rows::forChunks(layout, [&](int64_t chunk, int64_t begin, int64_t end) {
    std::vector<float> partial(static_cast<size_t>(2 * layout.width));
    float* s = partial.data();
    float* q = s + layout.width;
    const float *a = scale.data(), *b = shift.data(), *m = mean.data();
    rows::forRows(layout, begin, end, [&](int64_t offset, int64_t length) {
      const T* g = dy + offset;
      const T* v = x + offset;
#pragma omp simd
      for (int64_t i = 0; i < length; i++) {
        float value = rows::widen(v[i]);
        float dz = rows::widen(g[i]) * Activation::slope(value * a[i] + b[i]);
        s[i] += dz;
        q[i] += dz * (value - m[i]);
      }
    });
    sums.put(chunk, s);
  });
  return sums.total();
}

template <typename T, typename Activation>
void backward(const Tensor& dyTensor, const Tensor& xTensor, const Tensor& gamma, const Tensor& beta, const Tensor& mean,
              const Tensor& variance, double epsilon, Tensor& dx, Tensor& dgamma, Tensor& dbeta) {
  Layout layout = layoutOf(xTensor);
  const int64_t channels = layout.channels;
  const T* dy = rows::data<T>(dyTensor);
  const T* x = rows::data<T>(xTensor);
  std::vector<float> scale(static_cast<size_t>(channels)), shift(scale.size()), inverse(scale.size());
  for (size_t c = 0; c < scale.size(); c++) {
    inverse[c] = static_cast<float>(1.0 / std::sqrt(rows::data<float>(variance)[c] + epsilon));
    scale[c] = rows::data<float>(gamma)[c] * inverse[c];
    shift[c] = rows::data<float>(beta)[c] - rows::data<float>(mean)[c] * scale[c];
  }
  auto scales = rows::tiled(scale.data(), layout);
  auto shifts = rows::tiled(shift.data(), layout);
  auto sums = gradientSums<T, Activation>(layout, dy, x, scales, shifts, rows::tiled(rows::data<float>(mean), layout));
  // dx = scale·(dz − Σdz/n − x̂·Σ(dz·x̂)/n) = scale·dz + slope·x + offset
  std::vector<float> slope(scale.size()), offset(scale.size());
  const double count = static_cast<double>(layout.count);
  for (size_t c = 0; c < scale.size(); c++) {
    double db = sums[c];
    double dg = sums[scale.size() + c] * inverse[c];
    rows::data<float>(dbeta)[c] = static_cast<float>(db);
    rows::data<float>(dgamma)[c] = static_cast<float>(dg);
    double k = -static_cast<double>(scale[c]) * dg / count * inverse[c];
    slope[c] = static_cast<float>(k);
    offset[c] = static_cast<float>(-static_cast<double>(scale[c]) * db / count - k * rows::data<float>(mean)[c]);
  }
  auto slopes = rows::tiled(slope.data(), layout);
  auto offsets = rows::tiled(offset.data(), layout);
  T* result = rows::data<T>(dx);
  rows::forChunks(layout, [&](int64_t, int64_t begin, int64_t end) {
    const float *a = scales.data(), *b = shifts.data(), *k = slopes.data(), *o = offsets.data();
    rows::forRows(layout, begin, end, [&](int64_t offset, int64_t length) {
      const T* g = dy + offset;
      const T* v = x + offset;
      T* to = result + offset;
#pragma omp simd
      for (int64_t i = 0; i < length; i++) {
        float value = rows::widen(v[i]);
        float dz = rows::widen(g[i]) * Activation::slope(value * a[i] + b[i]);
        rows::narrow(a[i] * dz + k[i] * value + o[i], to[i]);
      }
    });
  });
}

template <typename F>
void withActivation(c10::string_view name, F&& f) {
  if (name == "relu") f(rows::Relu{});
  else if (name == "relu6") f(rows::Relu6{});
  else if (name == "silu") f(rows::Silu{});
  else f(rows::Identity{});
}

}  // namespace

void batchNormStatistics(const Tensor& x, Tensor& mean, Tensor& variance) {
  rows::dispatch(x, [&](auto element) { statistics<decltype(element)>(x, mean, variance); });
}

void affineActivation(const Tensor& x, const Tensor& scale, const Tensor& shift, c10::string_view activation, Tensor& y) {
  rows::dispatch(x, [&](auto element) {
    withActivation(activation, [&](auto act) {
      affine<decltype(element), decltype(act)>(x, rows::data<float>(scale), rows::data<float>(shift), y);
    });
  });
}

void batchNormBackward(const Tensor& dy, const Tensor& x, const Tensor& gamma, const Tensor& beta, const Tensor& mean,
                       const Tensor& variance, double epsilon, c10::string_view activation, Tensor& dx, Tensor& dgamma,
                       Tensor& dbeta) {
  rows::dispatch(x, [&](auto element) {
    withActivation(activation, [&](auto act) {
      backward<decltype(element), decltype(act)>(dy, x, gamma, beta, mean, variance, epsilon, dx, dgamma, dbeta);
    });
  });
}
