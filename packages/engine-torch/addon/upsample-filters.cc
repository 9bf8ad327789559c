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

/** One layout has the input channels innermost, the other the output channels: between them, tiles are turned. */
constexpr int64_t kTile = 16;
using Tile = float[kTile][kTile];

/** target[c · stride + r] = tile[r][c] */
template <typename To>
void writeTurned(const Tile& tile, int64_t rows, int64_t columns, To* target, int64_t stride) {
  for (int64_t c = 0; c < columns; c++)
    for (int64_t r = 0; r < rows; r++) narrow(tile[r][c], target[c * stride + r]);
}

/** Calls f(first output channel, how many, first input channel, how many) for each tile, input channels in parallel. */
template <typename F>
void forTiles(int64_t out, int64_t in, F&& f) {
  at::parallel_for(0, (in + kTile - 1) / kTile, std::max<int64_t>(1, 64 / out), [&](int64_t begin, int64_t end) {
    for (int64_t c = begin * kTile; c < std::min(in, end * kTile); c += kTile)
      for (int64_t o = 0; o < out; o += kTile) f(o, std::min(kTile, out - o), c, std::min(kTile, in - c));
  });
}

/** Calls f(out): filters are independent of each other. */
template <typename F>
void forFilters(int64_t count, int64_t size, F&& f) {
  if (size == 0) return;
  at::parallel_for(0, count, std::max<int64_t>(1, 16384 / size), [&](int64_t begin, int64_t end) {
    for (int64_t o = begin; o < end; o++) f(o);
  });
}

}  // namespace

void upsampleFilters(const at::Tensor& weights, at::Tensor& upper, at::Tensor& lower) {
  const int64_t out = weights.size(0), in = weights.size(3), channels = upper.size(0), rest = in - channels;
  const float* w = rows::data<float>(weights);
  rows::dispatch(upper, [&](auto element) {
    using T = decltype(element);
    T *up = rows::data<T>(upper), *low = rows::data<T>(lower);
    forTiles(out, channels, [&](int64_t o, int64_t outs, int64_t c, int64_t ins) {
      Tile tile;
      for (int ky = 0; ky < 4; ky++) {
        for (int kx = 0; kx < 4; kx++) {
          for (int64_t i = 0; i < outs; i++) {
            const float* taps[4];
            int count = 0;
            for (int y = kFirst[ky]; y <= kLast[ky]; y++)
              for (int x = kFirst[kx]; x <= kLast[kx]; x++) taps[count++] = w + ((o + i) * 9 + y * 3 + x) * in + c;
            sumRows(taps, count, ins, tile[i]);
          }
          writeTurned(tile, outs, ins, up + (c * 16 + ky * 4 + kx) * out + o, 16 * out);
        }
      }
    });
    forFilters(out, 9 * rest, [&](int64_t o) {
      for (int tap = 0; tap < 9; tap++) {
        const float* source = w + (o * 9 + tap) * in + channels;
        sumRows(&source, 1, rest, low + (o * 9 + tap) * rest);
      }
    });
  });
}

void upsampleFiltersBackward(const at::Tensor& dupper, const at::Tensor& dlower, at::Tensor& dweights) {
  const int64_t out = dweights.size(0), in = dweights.size(3), channels = dupper.size(0), rest = in - channels;
  float* dw = rows::data<float>(dweights);
  rows::dispatch(dupper, [&](auto element) {
    using T = decltype(element);
    const T *up = rows::data<T>(dupper), *low = rows::data<T>(dlower);
    forTiles(out, channels, [&](int64_t o, int64_t outs, int64_t c, int64_t ins) {
      Tile tile;
      for (int y = 0; y < 3; y++) {
        for (int x = 0; x < 3; x++) {
          for (int64_t i = 0; i < ins; i++) {
            const T* taps[4];
            int count = 0;
            for (int ky = first4(y); ky <= first4(y) + 1; ky++)
              for (int kx = first4(x); kx <= first4(x) + 1; kx++)
                taps[count++] = up + ((c + i) * 16 + ky * 4 + kx) * out + o;
            sumRows(taps, count, outs, tile[i]);
          }
          writeTurned(tile, ins, outs, dw + (o * 9 + y * 3 + x) * in + c, 9 * in);
        }
      }
    });
    forFilters(out, 9 * rest, [&](int64_t o) {
      for (int tap = 0; tap < 9; tap++) {
        const T* source = low + (o * 9 + tap) * rest;
        sumRows(&source, 1, rest, dw + (o * 9 + tap) * in + channels);
      }
    });
  });
}
