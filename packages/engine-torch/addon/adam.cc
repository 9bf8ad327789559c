#include "adam.h"

#include <ATen/Parallel.h>

#include <cmath>
#include <vector>

namespace {

/** A piece of one parameter: what a thread updates at a time. */
struct Piece {
  float *parameter, *first, *second;
  const float* gradient;
  int64_t count;
};
constexpr int64_t kPiece = 1 << 14;

}  // namespace

void adamStep(at::TensorList parameters, at::TensorList gradients, at::TensorList firsts, at::TensorList seconds,
              const AdamSettings& settings) {
  std::vector<Piece> pieces;
  for (size_t i = 0; i < parameters.size(); i++) {
    const int64_t size = parameters[i].numel();
    auto at = [&](at::TensorList list, int64_t from) { return static_cast<float*>(list[i].data_ptr()) + from; };
    for (int64_t from = 0; from < size; from += kPiece)
      pieces.push_back({at(parameters, from), at(firsts, from), at(seconds, from), at(gradients, from),
                        std::min(kPiece, size - from)});
  }
  const float beta1 = static_cast<float>(settings.beta1);
  const float beta2 = static_cast<float>(settings.beta2);
  const float rest1 = static_cast<float>(1 - settings.beta1);
  const float rest2 = static_cast<float>(1 - settings.beta2);
  const float decay = static_cast<float>(settings.weightDecay);
  const float shrink = static_cast<float>(settings.shrink);
  const float epsilon = static_cast<float>(settings.epsilon);
  const double correction1 = 1 - std::pow(settings.beta1, static_cast<double>(settings.step));
  const double correction2 = 1 - std::pow(settings.beta2, static_cast<double>(settings.step));
  const float rate = static_cast<float>(settings.learningRate / correction1);
  const float inverseRoot = static_cast<float>(1 / std::sqrt(correction2));
  at::parallel_for(0, static_cast<int64_t>(pieces.size()), 4, [&](int64_t begin, int64_t end) {
    for (int64_t p = begin; p < end; p++) {
      const Piece& piece = pieces[static_cast<size_t>(p)];
      float *w = piece.parameter, *m = piece.first, *v = piece.second;
      const float* gradient = piece.gradient;
#pragma omp simd
      for (int64_t i = 0; i < piece.count; i++) {
        float g = gradient[i] + decay * w[i];
        m[i] = beta1 * m[i] + rest1 * g;
        v[i] = beta2 * v[i] + rest2 * g * g;
        w[i] = shrink * w[i] - rate * m[i] / (std::sqrt(v[i]) * inverseRoot + epsilon);
      }
    }
  });
}
