#include "channel-concat.h"

#include "rows.h"

using at::Tensor;

namespace {

/** Calls f(y, part, pixels, channels of y, channels of the part), for stretches of pixels in parallel. */
template <typename F>
void forParts(const std::vector<Tensor>& parts, const Tensor& y, F&& f) {
  const int64_t total = y.size(-1);
  rows::dispatch(y, [&](auto element) {
    using T = decltype(element);
    at::parallel_for(0, y.numel() / total, 65536 / total + 1, [&](int64_t begin, int64_t end) {
      int64_t offset = 0;
      for (const Tensor& part : parts) {
        const int64_t channels = part.size(-1);
        f(rows::data<T>(y) + begin * total + offset, rows::data<T>(part) + begin * channels, end - begin, total, channels);
        offset += channels;
      }
    });
  });
}

template <typename T>
void copyRows(const T* source, int64_t from, T* target, int64_t to, int64_t count, int64_t length) {
  for (int64_t row = 0; row < count; row++)
    for (int64_t i = 0; i < length; i++) target[row * to + i] = source[row * from + i];
}

}  // namespace

void concatChannels(const std::vector<Tensor>& parts, Tensor& y) {
  forParts(parts, y, [](auto* whole, const auto* part, int64_t pixels, int64_t total, int64_t channels) {
    copyRows(part, channels, whole, total, pixels, channels);
  });
}

void splitChannels(const Tensor& y, std::vector<Tensor>& parts) {
  forParts(parts, y, [](const auto* whole, auto* part, int64_t pixels, int64_t total, int64_t channels) {
    copyRows(whole, total, part, channels, pixels, channels);
  });
}
