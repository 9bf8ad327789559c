// Rows of NHWC images as float32 with zeros around them: what small filters go over.
#pragma once
#include <vector>

#include "lanes.h"

namespace lanes {

/** One of a batch of NHWC images. */
template <typename T>
struct Image {
  T* data;
  int64_t height, width, channels;

  T* row(int64_t y) const { return data + y * width * channels; }
  const T* end() const { return data + height * width * channels; }
};

template <typename T>
Image<T> imageOf(const at::Tensor& x, int64_t index) {
  const int64_t height = x.size(1), width = x.size(2), channels = x.size(3);
  return {rows::data<std::remove_const_t<T>>(x) + index * height * width * channels, height, width, channels};
}

/** Rows of an image as float32 with zeros around them, `blocks` vectors a pixel. */
class PaddedRows {
 public:
  PaddedRows(int64_t count, int64_t width, int64_t blocks)
      : width_(width), blocks_(blocks), values_(static_cast<size_t>(count * width * blocks)) {}

  Lanes* row(int64_t r) { return values_.data() + r * width_ * blocks_; }
  void zero(int64_t r) { std::fill(row(r), row(r + 1), Lanes{}); }

  /** Row r is the image's row y, zero where there is none. @param left Zeros before. @param channel The first. */
  template <typename T>
  void fill(int64_t r, const Image<const T>& image, int64_t y, int64_t left, int64_t channel) {
    if (y < 0 || y >= image.height) return zero(r);
    Lanes* target = row(r);
    std::fill(target, target + left * blocks_, Lanes{});
    const T* source = image.row(y) + channel;
    for (int64_t b = 0; b < blocks_; b++)
      for (int64_t x = 0; x < image.width; x++)
        target[(left + x) * blocks_ + b] =
            load(source + x * image.channels + b * kLanes, image.channels - channel - b * kLanes, image.end());
    std::fill(target + (left + image.width) * blocks_, row(r + 1), Lanes{});
  }

 private:
  int64_t width_, blocks_;
  std::vector<Lanes> values_;
};

}  // namespace lanes
