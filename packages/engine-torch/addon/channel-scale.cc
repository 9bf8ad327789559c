// The squeeze-excite block's passes over memory (Hu et al., 2018): the mean of each channel of each image, and the scaling
// by a sigmoid of its gate. x (batch, height, width, channels), contiguous, float32 or bfloat16.
#include "channel-scale.h"

#include "rows.h"

using at::Tensor;
using rows::Layout;

namespace {

/** Calls f(image, layout of its rows, element offset); images one after the other, each in parallel. */
template <typename F>
void forImages(const Tensor& x, F&& f) {
  const int64_t channels = x.size(3);
  const int64_t pixels = x.size(1) * x.size(2);
  Layout layout(pixels, channels);
  at::parallel_for(0, x.size(0), 1, [&](int64_t begin, int64_t end) {
    for (int64_t image = begin; image < end; image++) f(image, layout, image * pixels * channels);
  });
}

template <typename T>
std::vector<float> sigmoids(const T* gate, int64_t channels) {
  std::vector<float> result(static_cast<size_t>(channels));
  for (int64_t c = 0; c < channels; c++) result[static_cast<size_t>(c)] = rows::sigmoid(rows::widen(gate[c]));
  return result;
}

}  // namespace

void channelMeans(const Tensor& x, Tensor& y) {
  rows::dispatch(x, [&](auto element) {
    using T = decltype(element);
    forImages(x, [&](int64_t image, const Layout& layout, int64_t start) {
      const T* input = rows::data<T>(x) + start;
      rows::ChannelSums<1> sums(layout);
      rows::forChunks(layout, [&](int64_t chunk, int64_t begin, int64_t end) {
        std::vector<float> partial(static_cast<size_t>(layout.width));
        float* s = partial.data();
        rows::forRows(layout, begin, end, [&](int64_t offset, int64_t length) {
          const T* row = input + offset;
#pragma omp simd
          for (int64_t i = 0; i < length; i++) s[i] += rows::widen(row[i]);
        });
        sums.put(chunk, s);
      });
      auto total = sums.total();
      T* means = rows::data<T>(y) + image * layout.channels;
      for (int64_t c = 0; c < layout.channels; c++)
        rows::narrow(static_cast<float>(total[static_cast<size_t>(c)] / static_cast<double>(layout.count)), means[c]);
    });
  });
}

void scaleBySigmoid(const Tensor& x, const Tensor& gate, Tensor& y) {
  rows::dispatch(x, [&](auto element) {
    using T = decltype(element);
    forImages(x, [&](int64_t image, const Layout& layout, int64_t start) {
      auto factor = rows::tiled(sigmoids(rows::data<T>(gate) + image * layout.channels, layout.channels).data(), layout);
      const T* input = rows::data<T>(x) + start;
      T* output = rows::data<T>(y) + start;
      rows::forChunks(layout, [&](int64_t, int64_t begin, int64_t end) {
        const float* s = factor.data();
        rows::forRows(layout, begin, end, [&](int64_t offset, int64_t length) {
          const T* from = input + offset;
          T* to = output + offset;
#pragma omp simd
          for (int64_t i = 0; i < length; i++) rows::narrow(rows::widen(from[i]) * s[i], to[i]);
        });
      });
    });
  });
}

void scaleBySigmoidBackward(const Tensor& dy, const Tensor& x, const Tensor& gate, Tensor& dx, Tensor& dgate) {
  rows::dispatch(x, [&](auto element) {
    using T = decltype(element);
    forImages(x, [&](int64_t image, const Layout& layout, int64_t start) {
      auto s = sigmoids(rows::data<T>(gate) + image * layout.channels, layout.channels);
      auto factor = rows::tiled(s.data(), layout);
      const T* g = rows::data<T>(dy) + start;
      const T* input = rows::data<T>(x) + start;
      T* result = rows::data<T>(dx) + start;
      rows::ChannelSums<1> sums(layout);
      rows::forChunks(layout, [&](int64_t chunk, int64_t begin, int64_t end) {
        std::vector<float> partial(static_cast<size_t>(layout.width));
        float* total = partial.data();
        const float* f = factor.data();
        rows::forRows(layout, begin, end, [&](int64_t offset, int64_t length) {
          const T* up = g + offset;
          const T* from = input + offset;
          T* to = result + offset;
#pragma omp simd
          for (int64_t i = 0; i < length; i++) {
            float slope = rows::widen(up[i]);
            total[i] += slope * rows::widen(from[i]);
            rows::narrow(slope * f[i], to[i]);
          }
        });
        sums.put(chunk, total);
      });
      auto total = sums.total();
      T* gradient = rows::data<T>(dgate) + image * layout.channels;
      for (size_t c = 0; c < s.size(); c++)
        rows::narrow(static_cast<float>(total[c] * s[c] * (1.0 - s[c])), gradient[c]);
    });
  });
}
