#include "depthwise.h"

#include "padded-rows.h"

using at::Tensor;
using lanes::Image;
using lanes::imageOf;
using lanes::kLanes;
using lanes::Lanes;
using lanes::PaddedRows;

namespace {

struct Steps {
  int64_t down, across, top, left;
};

/**
 * Sixteen channels of one image. Of its rows only those are at hand, as float32, that the filter is over.
 * @param w K·K taps. @param dw K·K sums.
 */
template <int K, typename T>
void backward(const Image<const T>& dy, const Image<const T>& x, const Image<T>& dx, int64_t channel, const Steps& steps,
              const Lanes* w, Lanes* dw) {
  const int64_t across = steps.across, count = x.channels - channel;
  // As far as the taps of the last output reach.
  const int64_t width = std::max((dy.width - 1) * across + K, steps.left + x.width);
  PaddedRows input(K, width, 1), gradient(K, width, 1), incoming(1, dy.width, 1);
  // Rows of the padded image: `ready` are taken in, `done` are written out.
  int64_t ready = 0, done = 0;
  auto finish = [&](int64_t until) {
    for (; done < until; done++) {
      const int64_t y = done - steps.top;
      if (y < 0 || y >= x.height) continue;
      // What no output reached has no gradient.
      if (done >= ready) gradient.zero(done % K);
      const Lanes* source = gradient.row(done % K) + steps.left;
      T* target = dx.row(y) + channel;
      for (int64_t px = 0; px < x.width; px++) lanes::store(source[px], target + px * x.channels, count);
    }
  };
  for (int64_t oy = 0; oy < dy.height; oy++) {
    const int64_t first = oy * steps.down;
    finish(first);
    for (; ready < first + K; ready++) {
      input.fill(ready % K, x, ready - steps.top, steps.left, channel);
      gradient.zero(ready % K);
    }
    incoming.fill(0, dy, oy, 0, channel);
    const Lanes* g = incoming.row(0);
    const Lanes* from[K];
    Lanes* to[K];
    for (int k = 0; k < K; k++) {
      from[k] = input.row((first + k) % K);
      to[k] = gradient.row((first + k) % K);
    }
    Lanes sums[K * K] = {};
    for (int64_t ox = 0; ox < dy.width; ox++)
      for (int k = 0; k < K; k++)
        for (int l = 0; l < K; l++) sums[k * K + l] += g[ox] * from[k][ox * across + l];
    for (int64_t ox = 0; ox < dy.width; ox++)
      for (int k = 0; k < K; k++)
        for (int l = 0; l < K; l++) to[k][ox * across + l] += g[ox] * w[k * K + l];
    for (int tap = 0; tap < K * K; tap++) dw[tap] += sums[tap];
  }
  finish(steps.top + x.height);
}

template <int K, typename T>
void backwardOf(const Tensor& dy, const Tensor& x, const Tensor& weights, Steps steps, Tensor& dx, Tensor& dweights) {
  constexpr int kTaps = K * K;
  const int64_t channels = x.size(3), blocks = lanes::blocksOf(channels), units = x.size(0) * blocks;
  std::vector<Lanes> taps(static_cast<size_t>(blocks * kTaps));
  const T* w = rows::data<T>(weights);
  for (int64_t c = 0; c < channels; c++)
    for (int tap = 0; tap < kTaps; tap++)
      taps[static_cast<size_t>(c / kLanes * kTaps + tap)][c % kLanes] = rows::widen(w[c * kTaps + tap]);
  // One sum for each image, added in their order.
  std::vector<Lanes> sums(static_cast<size_t>(units * kTaps));
  at::parallel_for(0, units, 1, [&](int64_t begin, int64_t end) {
    for (int64_t unit = begin; unit < end; unit++) {
      const int64_t image = unit / blocks, block = unit % blocks;
      backward<K, T>(imageOf<const T>(dy, image), imageOf<const T>(x, image), imageOf<T>(dx, image), block * kLanes, steps,
                     taps.data() + block * kTaps, sums.data() + unit * kTaps);
    }
  });
  float* dw = rows::data<float>(dweights);
  for (int64_t c = 0; c < channels; c++) {
    for (int tap = 0; tap < kTaps; tap++) {
      double total = 0;
      for (int64_t first = c / kLanes; first < units; first += blocks)
        total += static_cast<double>(sums[static_cast<size_t>(first * kTaps + tap)][c % kLanes]);
      dw[c * kTaps + tap] = static_cast<float>(total);
    }
  }
}

}  // namespace

bool depthwiseBackwardFits(const Tensor& x, at::IntArrayRef filter, at::IntArrayRef strides, at::IntArrayRef dilations) {
  const bool square = filter[0] == filter[1] && (filter[0] == 3 || filter[0] == 5);
  const bool overlapping = strides[0] <= filter[0] && dilations[0] == 1 && dilations[1] == 1;
  return x.is_cpu() && square && filter[3] == 1 && overlapping;
}

void depthwiseBackward(const Tensor& dy, const Tensor& x, const Tensor& weights, at::IntArrayRef strides,
                       at::IntArrayRef padding, Tensor& dx, Tensor& dweights) {
  const Steps steps{strides[0], strides[1], padding[0], padding[1]};
  rows::dispatch(x, [&](auto element) {
    using T = decltype(element);
    if (weights.size(2) == 3) backwardOf<3, T>(dy, x, weights, steps, dx, dweights);
    else backwardOf<5, T>(dy, x, weights, steps, dx, dweights);
  });
}
