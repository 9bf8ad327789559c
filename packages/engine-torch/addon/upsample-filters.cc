#include "upsample-filters.h"

#include "rows.h"

namespace {

using rows::narrow;
using rows::widen;

/** Tap k of four reaches an input pixel for the taps first[k]…last[k] of three. */
constexpr int kFirst[] = {2, 1, 0, 0};
constexpr int kLast[] = {2, 2, 1, 0};
/** And tap d of three lies in the taps 2 − d and 3 − d of four. */
constexpr int first4(int d) { return 2 - d; }

/** target = the sum of one, two or four rows: written out, so that compilers make vector code of it. */
template <typename From, typename To>
void sumRows(const From* const* source, int count, int64_t length, To* target) {
  if (count == 1) {
    for (int64_t c = 0; c < length; c++) narrow(widen(source[0][c]), target[c]);
  } else if (count == 2) {
    for (int64_t c = 0; c < length; c++) narrow(widen(source[0][c]) + widen(source[1][c]), target[c]);
  } else {
    for (int64_t c = 0; c < length; c++)
      narrow((widen(source[0][c]) + widen(source[1][c])) + (widen(source[2][c]) + widen(source[3][c])), target[c]);
  }
}

/** Calls f(out): filters are independent of each other. */
template <typename F>
void forFilters(int64_t count, int64_t size, F&& f) {
  at::parallel_for(0, count, std::max<int64_t>(1, 16384 / size), [&](int64_t begin, int64_t end) {
    for (int64_t o = begin; o < end; o++) f(o);
  });
}

}  // namespace

void upsampleFilters(const at::Tensor& weights, at::Tensor& upper, at::Tensor& lower) {
  const int64_t in = weights.size(3), channels = upper.size(3), rest = in - channels;
  const float* w = rows::data<float>(weights);
  rows::dispatch(upper, [&](auto element) {
    using T = decltype(element);
    T *up = rows::data<T>(upper), *low = rows::data<T>(lower);
    forFilters(weights.size(0), 9 * in, [&](int64_t o) {
      const float* filter = w + o * 9 * in;
      for (int ky = 0; ky < 4; ky++) {
        for (int kx = 0; kx < 4; kx++) {
          const float* taps[4];
          int count = 0;
          for (int y = kFirst[ky]; y <= kLast[ky]; y++)
            for (int x = kFirst[kx]; x <= kLast[kx]; x++) taps[count++] = filter + (y * 3 + x) * in;
          sumRows(taps, count, channels, up + ((o * 4 + ky) * 4 + kx) * channels);
        }
      }
      for (int tap = 0; tap < 9; tap++) {
        const float* source = filter + tap * in + channels;
        sumRows(&source, 1, rest, low + (o * 9 + tap) * rest);
      }
    });
  });
}

void upsampleFiltersBackward(const at::Tensor& dupper, const at::Tensor& dlower, at::Tensor& dweights) {
  const int64_t in = dweights.size(3), channels = dupper.size(3), rest = in - channels;
  float* dw = rows::data<float>(dweights);
  rows::dispatch(dupper, [&](auto element) {
    using T = decltype(element);
    const T *up = rows::data<T>(dupper), *low = rows::data<T>(dlower);
    forFilters(dweights.size(0), 9 * in, [&](int64_t o) {
      float* filter = dw + o * 9 * in;
      for (int y = 0; y < 3; y++) {
        for (int x = 0; x < 3; x++) {
          float* target = filter + (y * 3 + x) * in;
          const T* taps[4];
          int count = 0;
          for (int ky = first4(y); ky <= first4(y) + 1; ky++)
            for (int kx = first4(x); kx <= first4(x) + 1; kx++) taps[count++] = up + ((o * 4 + ky) * 4 + kx) * channels;
          sumRows(taps, count, channels, target);
          const T* tap = low + (o * 9 + y * 3 + x) * rest;
          sumRows(&tap, 1, rest, target + channels);
        }
      }
    });
  });
}
