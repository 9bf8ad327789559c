// Normalisation by statistics of the data with the activation behind it; NHWC, float32 or bfloat16. Batch normalisation goes over
// (batch, height, width), instance normalisation over (height, width) of each sample: one function for both, which takes
// one sample or all of them as rows.
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
void statistics(const Layout& layout, const T* input, float* m, float* v) {
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
  const double count = static_cast<double>(layout.count);
  for (int64_t c = 0; c < channels; c++) {
    double d = total[static_cast<size_t>(c)] / count;
    m[c] = static_cast<float>(first[static_cast<size_t>(c)] + d);
    v[c] = static_cast<float>(std::max(0.0, total[static_cast<size_t>(channels + c)] / count - d * d));
  }
}

template <typename T, typename Activation>
void affine(const Layout& layout, const T* input, const float* scale, const float* shift, Activation act, T* output) {
  auto scales = rows::tiled(scale, layout);
  auto shifts = rows::tiled(shift, layout);
  rows::forChunks(layout, [&](int64_t, int64_t begin, int64_t end) {
    const float* a = scales.data();
    const float* b = shifts.data();
    rows::forRows(layout, begin, end, [&](int64_t offset, int64_t length) {
      const T* from = input + offset;
      T* to = output + offset;
#pragma omp simd
      for (int64_t i = 0; i < length; i++) rows::narrow(act.value(rows::widen(from[i]) * a[i] + b[i]), to[i]);
    });
  });
}

/** Σ dz and Σ dz·(x − mean) by channel, dz = dy·act′(x·scale + shift). */
template <typename T, typename Activation>
std::vector<double> gradientSums(const Layout& layout, const T* dy, const T* x, const std::vector<float>& scale,
                                 const std::vector<float>& shift, const std::vector<float>& mean, Activation act) {
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
        float dz = rows::widen(g[i]) * act.slope(value * a[i] + b[i]);
        s[i] += dz;
        q[i] += dz * (value - m[i]);
      }
    });
    sums.put(chunk, s);
  });
  return sums.total();
}

/** What a normalisation knows of its rows: each (channels). */
struct Normalised {
  const float *gamma, *beta, *mean, *variance;
  double epsilon;
};

/** @returns Σ dz and Σ dz·x̂ by channel: the gradients of beta and of gamma. */
template <typename T, typename Activation>
std::vector<double> backward(const Layout& layout, const T* dy, const T* x, const Normalised& by, Activation act, T* result) {
  const size_t channels = static_cast<size_t>(layout.channels);
  std::vector<float> scale(channels), shift(channels), inverse(channels);
  for (size_t c = 0; c < channels; c++) {
    inverse[c] = static_cast<float>(1.0 / std::sqrt(by.variance[c] + by.epsilon));
    scale[c] = by.gamma[c] * inverse[c];
    shift[c] = by.beta[c] - by.mean[c] * scale[c];
  }
  auto scales = rows::tiled(scale.data(), layout);
  auto shifts = rows::tiled(shift.data(), layout);
  auto sums = gradientSums<T>(layout, dy, x, scales, shifts, rows::tiled(by.mean, layout), act);
  // dx = scale·(dz − Σdz/n − x̂·Σ(dz·x̂)/n) = scale·dz + slope·x + offset
  std::vector<float> slope(channels), offset(channels);
  const double count = static_cast<double>(layout.count);
  for (size_t c = 0; c < channels; c++) {
    double db = sums[c];
    double dg = sums[channels + c] * inverse[c];
    sums[channels + c] = dg;
    double k = -static_cast<double>(scale[c]) * dg / count * inverse[c];
    slope[c] = static_cast<float>(k);
    offset[c] = static_cast<float>(-static_cast<double>(scale[c]) * db / count - k * by.mean[c]);
  }
  auto slopes = rows::tiled(slope.data(), layout);
  auto offsets = rows::tiled(offset.data(), layout);
  rows::forChunks(layout, [&](int64_t, int64_t begin, int64_t end) {
    const float *a = scales.data(), *b = shifts.data(), *k = slopes.data(), *o = offsets.data();
    rows::forRows(layout, begin, end, [&](int64_t offset, int64_t length) {
      const T* g = dy + offset;
      const T* v = x + offset;
      T* to = result + offset;
#pragma omp simd
      for (int64_t i = 0; i < length; i++) {
        float value = rows::widen(v[i]);
        float dz = rows::widen(g[i]) * act.slope(value * a[i] + b[i]);
        rows::narrow(a[i] * dz + k[i] * value + o[i], to[i]);
      }
    });
  });
  return sums;
}

void store(const std::vector<double>& sums, Tensor& dgamma, Tensor& dbeta) {
  const size_t channels = sums.size() / 2;
  for (size_t c = 0; c < channels; c++) {
    rows::data<float>(dbeta)[c] = static_cast<float>(sums[c]);
    rows::data<float>(dgamma)[c] = static_cast<float>(sums[channels + c]);
  }
}

template <typename F>
void withActivation(c10::string_view name, F&& f) {
  if (name == "relu") f(rows::Relu{});
  else if (name == "relu6") f(rows::Relu6{});
  else if (name == "silu") f(rows::Silu{});
  else f(rows::Identity{});
}

template <typename F>
void withLeak(double slope, F&& f) {
  if (slope == 1.0) f(rows::Identity{});
  else f(rows::LeakyRelu{static_cast<float>(slope)});
}

/** The rows of one sample. */
Layout sampleOf(const Tensor& x) { return Layout(x.numel() / x.size(-1) / x.size(0), x.size(-1)); }

}  // namespace

void batchNormStatistics(const Tensor& x, Tensor& mean, Tensor& variance) {
  rows::dispatch(x, [&](auto element) {
    using T = decltype(element);
    statistics<T>(layoutOf(x), rows::data<T>(x), rows::data<float>(mean), rows::data<float>(variance));
  });
}

void affineActivation(const Tensor& x, const Tensor& scale, const Tensor& shift, c10::string_view activation, Tensor& y) {
  rows::dispatch(x, [&](auto element) {
    using T = decltype(element);
    withActivation(activation, [&](auto act) {
      affine<T>(layoutOf(x), rows::data<T>(x), rows::data<float>(scale), rows::data<float>(shift), act, rows::data<T>(y));
    });
  });
}

void batchNormBackward(const Tensor& dy, const Tensor& x, const Tensor& gamma, const Tensor& beta, const Tensor& mean,
                       const Tensor& variance, double epsilon, c10::string_view activation, Tensor& dx, Tensor& dgamma,
                       Tensor& dbeta) {
  const Normalised by{rows::data<float>(gamma), rows::data<float>(beta), rows::data<float>(mean),
                      rows::data<float>(variance), epsilon};
  rows::dispatch(x, [&](auto element) {
    using T = decltype(element);
    withActivation(activation, [&](auto act) {
      auto sums = backward<T>(layoutOf(x), rows::data<T>(dy), rows::data<T>(x), by, act, rows::data<T>(dx));
      store(sums, dgamma, dbeta);
    });
  });
}

void instanceNorm(const Tensor& x, const Tensor& gamma, const Tensor& beta, double epsilon, double slope, Tensor& y,
                  Tensor& mean, Tensor& variance) {
  const Layout layout = sampleOf(x);
  const auto channels = layout.channels;
  std::vector<float> scale(static_cast<size_t>(channels)), shift(scale.size());
  rows::dispatch(x, [&](auto element) {
    using T = decltype(element);
    for (int64_t sample = 0; sample < x.size(0); sample++) {
      const int64_t at = sample * layout.count * channels;
      float* m = rows::data<float>(mean) + sample * channels;
      float* v = rows::data<float>(variance) + sample * channels;
      statistics<T>(layout, rows::data<T>(x) + at, m, v);
      for (size_t c = 0; c < scale.size(); c++) {
        scale[c] = static_cast<float>(rows::data<float>(gamma)[c] / std::sqrt(v[c] + epsilon));
        shift[c] = rows::data<float>(beta)[c] - m[c] * scale[c];
      }
      withLeak(slope, [&](auto act) {
        affine<T>(layout, rows::data<T>(x) + at, scale.data(), shift.data(), act, rows::data<T>(y) + at);
      });
    }
  });
}

void instanceNormBackward(const Tensor& dy, const Tensor& x, const Tensor& gamma, const Tensor& beta, const Tensor& mean,
                          const Tensor& variance, double epsilon, double slope, Tensor& dx, Tensor& dgamma,
                          Tensor& dbeta) {
  const Layout layout = sampleOf(x);
  const auto channels = layout.channels;
  std::vector<double> totals(static_cast<size_t>(2 * channels));
  rows::dispatch(x, [&](auto element) {
    using T = decltype(element);
    for (int64_t sample = 0; sample < x.size(0); sample++) {
      const int64_t at = sample * layout.count * channels;
      const Normalised by{rows::data<float>(gamma), rows::data<float>(beta), rows::data<float>(mean) + sample * channels,
                          rows::data<float>(variance) + sample * channels, epsilon};
      withLeak(slope, [&](auto act) {
        auto sums = backward<T>(layout, rows::data<T>(dy) + at, rows::data<T>(x) + at, by, act, rows::data<T>(dx) + at);
        for (size_t i = 0; i < totals.size(); i++) totals[i] += sums[i];
      });
    }
  });
  store(totals, dgamma, dbeta);
}
