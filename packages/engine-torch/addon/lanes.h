// Sixteen channels at a time: float32 vectors of the compiler's, which it cuts to what the machine has.
#pragma once
#include <cstdint>

#include "rows.h"

namespace lanes {

constexpr int64_t kLanes = 16;
typedef float Lanes __attribute__((vector_size(64)));
typedef uint32_t Bits __attribute__((vector_size(64)));
typedef uint16_t Halves __attribute__((vector_size(32)));

inline int64_t blocksOf(int64_t channels) { return (channels + kLanes - 1) / kLanes; }

inline Lanes load(const float* source) {
  Lanes result;
  std::memcpy(&result, source, sizeof result);
  return result;
}
inline Lanes load(const rows::Bf16* source) {
  Halves halves;
  std::memcpy(&halves, source, sizeof halves);
  return reinterpret_cast<Lanes>(__builtin_convertvector(halves, Bits) << 16);
}
inline Lanes inMemory(const Lanes& values, float) { return values; }
/** As `rows::narrow`. */
inline Halves inMemory(const Lanes& values, rows::Bf16) {
  const Bits bits = reinterpret_cast<Bits>(values);
  const Bits rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
  const Bits isNan = reinterpret_cast<Bits>(values != values);
  return __builtin_convertvector((isNan & 0x7fc0u) | (~isNan & rounded), Halves);
}

/** The first `count` (at most sixteen) of what lies at `source`, zeros behind them; never reads at `end` or beyond. */
template <typename T>
inline Lanes load(const T* source, int64_t count, const T* end) {
  if (count >= kLanes) return load(source);
  if (end - source < kLanes) {
    T values[kLanes] = {};
    for (int64_t i = 0; i < count; i++) values[i] = source[i];
    return load(values);
  }
  constexpr Bits kOrder = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  const Bits within = reinterpret_cast<Bits>(kOrder < static_cast<uint32_t>(count));
  return reinterpret_cast<Lanes>(reinterpret_cast<Bits>(load(source)) & within);
}

/** The first `count` (at most sixteen). */
template <typename T>
inline void store(const Lanes& values, T* target, int64_t count) {
  const auto ready = inMemory(values, T{});
  // Of known sizes: a copy of any size is a call.
  if (count >= kLanes) std::memcpy(target, &ready, kLanes * sizeof(T));
  else if (count == 8) std::memcpy(target, &ready, 8 * sizeof(T));
  else std::memcpy(target, &ready, static_cast<size_t>(count) * sizeof(T));
}

inline float sum(const Lanes& values) {
  typedef float Eight __attribute__((vector_size(32)));
  typedef float Four __attribute__((vector_size(16)));
  Eight halves[2];
  std::memcpy(halves, &values, sizeof values);
  const Eight eight = halves[0] + halves[1];
  Four quarters[2];
  std::memcpy(quarters, &eight, sizeof eight);
  const Four four = quarters[0] + quarters[1];
  return (four[0] + four[2]) + (four[1] + four[3]);
}

}  // namespace lanes
