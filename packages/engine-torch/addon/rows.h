// Channelwise arithmetic over NHWC tensors: rows of channels, float32 or bfloat16 in memory, float32 in registers. Plain
// loops of fixed form, which compilers turn into vector code for the machine that they compile on.
#pragma once
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <cstdint>
#include <cstring>
#include <vector>

namespace rows {

inline float bitsToFloat(uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}
inline uint32_t floatToBits(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

/** bfloat16 in memory is the upper half of a float32. */
using Bf16 = uint16_t;

inline float widen(float value) { return value; }
inline float widen(Bf16 value) { return bitsToFloat(static_cast<uint32_t>(value) << 16); }
inline void narrow(float value, float& target) { target = value; }
/** To the nearest, ties to even; NaN stays NaN. */
inline void narrow(float value, Bf16& target) {
  uint32_t bits = floatToBits(value);
  uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
  target = static_cast<Bf16>(value != value ? 0x7fc0u : rounded);
}

/** e^x, relative error below 2e-7 (Cephes' polynomial); NaN stays NaN. */
inline float exponential(float x) {
  x = x > 88.0f ? 88.0f : x;
  x = x < -87.0f ? -87.0f : x;
  // Adding 1.5·2^23 rounds to a whole number and leaves it in the low bits.
  float shifted = x * 1.44269504f + 12582912.0f;
  float n = shifted - 12582912.0f;
  float r = x - n * 0.693359375f;
  r = r + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  float y = p * r * r + r + 1.0f;
  return y * bitsToFloat((floatToBits(shifted) - 0x4b400000u + 127u) << 23);
}
inline float sigmoid(float x) { return 1.0f / (1.0f + exponential(-x)); }

struct Identity {
  static float value(float z) { return z; }
  static float slope(float) { return 1.0f; }
};
struct Relu {
  static float value(float z) { return z < 0.0f ? 0.0f : z; }
  static float slope(float z) { return z > 0.0f ? 1.0f : 0.0f; }
};
struct Relu6 {
  static float value(float z) { return z < 0.0f ? 0.0f : z > 6.0f ? 6.0f : z; }
  static float slope(float z) { return z > 0.0f && z < 6.0f ? 1.0f : 0.0f; }
};
struct Silu {
  static float value(float z) { return z * sigmoid(z); }
  static float slope(float z) {
    float s = sigmoid(z);
    return s * (1.0f + z * (1.0f - s));
  }
};

/** Its slope below 0 is the one thing that an activation may have been given. */
struct LeakyRelu {
  float negative;
  float value(float z) const { return z > 0.0f ? z : negative * z; }
  float slope(float z) const { return z > 0.0f ? 1.0f : negative; }
};

/** How rows of channels are cut: narrow rows are taken several at a time, so that vectors are full. */
struct Layout {
  int64_t count;     // rows: batch · height · width
  int64_t channels;  // of a row
  int64_t together;  // rows in one go
  int64_t width;     // together · channels
  int64_t chunk;     // rows of a chunk: what one thread sums by itself. It does not depend on the number of threads.
  int64_t chunks;

  Layout(int64_t count, int64_t channels) : count(count), channels(channels) {
    together = channels >= 128 ? 1 : (256 + channels - 1) / channels;
    width = together * channels;
    chunk = (65536 / width + 1) * together;
    chunks = (count + chunk - 1) / chunk;
  }
};

/** A channelwise parameter, repeated as often as rows are taken together. */
inline std::vector<float> tiled(const float* values, const Layout& layout) {
  std::vector<float> result(static_cast<size_t>(layout.width));
  for (int64_t i = 0; i < layout.width; i++) result[static_cast<size_t>(i)] = values[i % layout.channels];
  return result;
}

/** Calls f(chunk, first row, end row), in parallel. */
template <typename F>
void forChunks(const Layout& layout, F&& f) {
  at::parallel_for(0, layout.chunks, 1, [&](int64_t begin, int64_t end) {
    for (int64_t c = begin; c < end; c++) f(c, c * layout.chunk, std::min(layout.count, (c + 1) * layout.chunk));
  });
}

/** Calls f(offset, length) for the rows from `begin` to `end`, several together; offsets count elements. */
template <typename F>
inline void forRows(const Layout& layout, int64_t begin, int64_t end, F&& f) {
  for (int64_t row = begin; row < end; row += layout.together) {
    int64_t taken = std::min(layout.together, end - row);
    f(row * layout.channels, taken * layout.channels);
  }
}

/** Sums by channel of several quantities, kept by chunk and added in their order: the same for every thread count. */
template <int Quantities>
class ChannelSums {
 public:
  explicit ChannelSums(const Layout& layout)
      : layout_(layout), partial_(static_cast<size_t>(layout.chunks * layout.channels * Quantities)) {}

  /** @param sums Quantities × width float accumulators of this chunk. */
  void put(int64_t chunk, const float* sums) {
    double* target = partial_.data() + chunk * layout_.channels * Quantities;
    for (int q = 0; q < Quantities; q++)
      for (int64_t i = 0; i < layout_.width; i++)
        target[q * layout_.channels + i % layout_.channels] += sums[q * layout_.width + i];
  }
  /** @returns Quantities × channels. */
  std::vector<double> total() const {
    size_t size = static_cast<size_t>(layout_.channels * Quantities);
    std::vector<double> result(size);
    for (int64_t c = 0; c < layout_.chunks; c++)
      for (size_t i = 0; i < size; i++) result[i] += partial_[static_cast<size_t>(c) * size + i];
    return result;
  }

 private:
  const Layout& layout_;
  std::vector<double> partial_;
};

/** Calls f(T{}) with T the element type in memory: float, or Bf16. */
template <typename F>
void dispatch(const at::Tensor& x, F&& f) {
  if (x.scalar_type() == at::kBFloat16) f(Bf16{});
  else f(float{});
}
template <typename T>
T* data(const at::Tensor& x) {
  return static_cast<T*>(x.data_ptr());
}

}  // namespace rows
