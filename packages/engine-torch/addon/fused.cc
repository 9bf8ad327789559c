#include "fused.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <mutex>

#include "adam.h"
#include "batch-norm.h"
#include "channel-concat.h"
#include "channel-scale.h"
#include "convolution.h"

namespace {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::Variable;
using torch::autograd::variable_list;

Tensor emptyFloats(const Tensor& like, int64_t size) { return at::empty({size}, like.options().dtype(at::kFloat)); }

/** As the kernels want it: contiguous, and of the type that the forward pass had. */
Tensor prepared(const Tensor& gradient, const Tensor& like) { return gradient.to(like.scalar_type()).contiguous(); }

struct BatchNorm : Function<BatchNorm> {
  static variable_list forward(AutogradContext* context, const Tensor& input, const Tensor& gamma, const Tensor& beta,
                               double epsilon, const std::string& activation) {
    auto x = input.contiguous();
    auto mean = emptyFloats(x, x.size(-1));
    auto variance = emptyFloats(x, x.size(-1));
    batchNormStatistics(x, mean, variance);
    auto scale = gamma * (variance + epsilon).rsqrt();
    auto y = at::empty_like(x);
    affineActivation(x, scale, beta - mean * scale, activation, y);
    context->save_for_backward({x, gamma, beta, mean, variance});
    context->saved_data["epsilon"] = epsilon;
    context->saved_data["activation"] = activation;
    context->mark_non_differentiable({mean, variance});
    return {y, mean, variance};
  }
  static variable_list backward(AutogradContext* context, variable_list gradients) {
    auto saved = context->get_saved_variables();
    const Tensor& x = saved[0];
    auto dx = at::empty_like(x);
    auto dgamma = emptyFloats(x, x.size(-1));
    auto dbeta = emptyFloats(x, x.size(-1));
    batchNormBackward(prepared(gradients[0], x), x, saved[1], saved[2], saved[3], saved[4],
                      context->saved_data["epsilon"].toDouble(), context->saved_data["activation"].toStringRef(), dx,
                      dgamma, dbeta);
    return {dx, dgamma, dbeta, Variable(), Variable()};
  }
};

struct InstanceNorm : Function<InstanceNorm> {
  static variable_list forward(AutogradContext* context, const Tensor& input, const Tensor& gamma, const Tensor& beta,
                               double epsilon, double slope) {
    auto x = input.contiguous();
    auto statistics = x.options().dtype(at::kFloat);
    auto mean = at::empty({x.size(0), x.size(-1)}, statistics);
    auto variance = at::empty({x.size(0), x.size(-1)}, statistics);
    auto y = at::empty_like(x);
    instanceNorm(x, gamma, beta, epsilon, slope, y, mean, variance);
    context->save_for_backward({x, gamma, beta, mean, variance});
    context->saved_data["epsilon"] = epsilon;
    context->saved_data["slope"] = slope;
    context->mark_non_differentiable({mean, variance});
    return {y, mean, variance};
  }
  static variable_list backward(AutogradContext* context, variable_list gradients) {
    auto saved = context->get_saved_variables();
    const Tensor& x = saved[0];
    auto dx = at::empty_like(x);
    auto dgamma = emptyFloats(x, x.size(-1));
    auto dbeta = emptyFloats(x, x.size(-1));
    instanceNormBackward(prepared(gradients[0], x), x, saved[1], saved[2], saved[3], saved[4],
                         context->saved_data["epsilon"].toDouble(), context->saved_data["slope"].toDouble(), dx, dgamma,
                         dbeta);
    return {dx, dgamma, dbeta, Variable(), Variable()};
  }
};

struct SigmoidScale : Function<SigmoidScale> {
  static Tensor forward(AutogradContext* context, const Tensor& input, const Tensor& gateInput) {
    auto x = input.contiguous();
    auto gate = prepared(gateInput, x);
    auto y = at::empty_like(x);
    scaleBySigmoid(x, gate, y);
    context->save_for_backward({x, gate});
    context->saved_data["type"] = static_cast<int64_t>(gateInput.scalar_type());
    return y;
  }
  static variable_list backward(AutogradContext* context, variable_list gradients) {
    auto saved = context->get_saved_variables();
    auto dx = at::empty_like(saved[0]);
    auto dgate = at::empty_like(saved[1]);
    scaleBySigmoidBackward(prepared(gradients[0], saved[0]), saved[0], saved[1], dx, dgate);
    return {dx, dgate.to(static_cast<at::ScalarType>(context->saved_data["type"].toInt()))};
  }
};

struct GlobalMean : Function<GlobalMean> {
  static Tensor forward(AutogradContext* context, const Tensor& input) {
    auto x = input.contiguous();
    auto y = at::empty({x.size(0), 1, 1, x.size(3)}, x.options());
    channelMeans(x, y);
    context->saved_data["shape"] = x.sizes().vec();
    return y;
  }
  static variable_list backward(AutogradContext* context, variable_list gradients) {
    auto shape = context->saved_data["shape"].toIntVector();
    return {gradients[0].div(static_cast<double>(shape[1] * shape[2])).expand(shape)};
  }
};

struct ChannelConcat : Function<ChannelConcat> {
  static Tensor forward(AutogradContext* context, at::TensorList parts) {
    auto shape = parts[0].sizes().vec();
    shape.back() = 0;
    auto type = parts[0].scalar_type();
    std::vector<int64_t> channels;
    for (const Tensor& part : parts) {
      channels.push_back(part.size(-1));
      shape.back() += part.size(-1);
      type = at::promote_types(type, part.scalar_type());
    }
    std::vector<Tensor> aligned;
    for (const Tensor& part : parts) aligned.push_back(part.to(type).contiguous());
    auto y = at::empty(shape, parts[0].options().dtype(type));
    concatChannels(aligned, y);
    context->saved_data["channels"] = channels;
    return y;
  }
  static variable_list backward(AutogradContext* context, variable_list gradients) {
    auto dy = gradients[0].contiguous();
    auto shape = dy.sizes().vec();
    variable_list parts;
    for (int64_t channels : context->saved_data["channels"].toIntVector()) {
      shape.back() = channels;
      parts.push_back(at::empty(shape, dy.options()));
    }
    splitChannels(dy, parts);
    return parts;
  }
};

std::tuple<Tensor, Tensor, Tensor> batchNorm(const Tensor& x, const Tensor& gamma, const Tensor& beta, double epsilon,
                                             c10::string_view activation) {
  auto results = BatchNorm::apply(x, gamma, beta, epsilon, std::string(activation));
  return {results[0], results[1], results[2]};
}

std::tuple<Tensor, Tensor, Tensor> normalizedInstances(const Tensor& x, const Tensor& gamma, const Tensor& beta,
                                                       double epsilon, double slope) {
  auto results = InstanceNorm::apply(x, gamma, beta, epsilon, slope);
  return {results[0], results[1], results[2]};
}

/** Without a gradient: for evaluation. */
Tensor affine(const Tensor& input, const Tensor& scale, const Tensor& shift, c10::string_view activation) {
  auto x = input.contiguous();
  auto y = at::empty_like(x);
  affineActivation(x, scale.contiguous(), shift.contiguous(), activation, y);
  return y;
}

Tensor channelConcat(at::TensorList parts) { return ChannelConcat::apply(parts); }
Tensor sigmoidScale(const Tensor& x, const Tensor& gate) { return SigmoidScale::apply(x, gate); }
Tensor globalMean(const Tensor& x) { return GlobalMean::apply(x); }

/** running += momentum·(batch − running) for all at once; the variances scaled by count/(count − 1) first. */
void runningStatistics(at::TensorList runningMeans, at::TensorList runningVariances, at::TensorList means,
                       at::TensorList variances, c10::ArrayRef<double> momenta, c10::ArrayRef<double> corrections) {
  for (size_t i = 0; i < means.size(); i++) {
    const auto momentum = static_cast<float>(momenta[i]);
    const auto correction = static_cast<float>(corrections[i]);
    auto *m = static_cast<float*>(runningMeans[i].data_ptr()), *v = static_cast<float*>(runningVariances[i].data_ptr());
    auto *mean = static_cast<const float*>(means[i].data_ptr()),
         *variance = static_cast<const float*>(variances[i].data_ptr());
    for (int64_t c = 0; c < means[i].numel(); c++) {
      m[c] += momentum * (mean[c] - m[c]);
      v[c] += momentum * (variance[c] * correction - v[c]);
    }
  }
}

void adam(at::TensorList parameters, at::TensorList gradients, at::TensorList firsts, at::TensorList seconds,
          int64_t step, double learningRate, double beta1, double beta2, double epsilon, double weightDecay,
          double shrink) {
  std::vector<Tensor> aligned;
  for (size_t i = 0; i < parameters.size(); i++) {
    const Tensor& p = parameters[i];
    TORCH_CHECK(p.is_non_overlapping_and_dense() && p.strides() == firsts[i].strides() &&
                    p.strides() == seconds[i].strides() && p.scalar_type() == at::kFloat,
                "adam: a parameter and its moments must be dense float32 tensors of the same strides");
    // Gradients come as convolutions leave them.
    aligned.push_back(gradients[i].strides() == p.strides() && gradients[i].scalar_type() == at::kFloat
                          ? gradients[i]
                          : at::empty_like(p).copy_(gradients[i]));
  }
  adamStep(parameters, aligned, firsts, seconds, {step, learningRate, beta1, beta2, epsilon, weightDecay, shrink});
}

}  // namespace

void registerFusedOperators() {
  static std::once_flag once;
  std::call_once(once, [] {
    // Never destroyed: operators stay known while the process lives.
    static auto* library = new torch::Library(torch::Library::DEF, "eosin", c10::nullopt, __FILE__, __LINE__);
    library->def("batch_norm(Tensor x, Tensor gamma, Tensor beta, float epsilon, str activation) -> (Tensor, Tensor, Tensor)",
                 batchNorm);
    library->def("instance_norm(Tensor x, Tensor gamma, Tensor beta, float epsilon, float slope) -> (Tensor, Tensor, Tensor)",
                 normalizedInstances);
    library->def("affine_activation(Tensor x, Tensor scale, Tensor shift, str activation) -> Tensor", affine);
    library->def("sigmoid_scale(Tensor x, Tensor gate) -> Tensor", sigmoidScale);
    library->def("conv2d(Tensor x, Tensor filter, Tensor? bias, int[] strides, int[] padding, int[] dilations, "
                 "bool depthwise, bool half) -> Tensor",
                 convolution);
    library->def("upsampled_conv2d(Tensor x, Tensor? skip, Tensor filter, bool half) -> Tensor", upsampledConvolution);
    library->def("concat_channels(Tensor[] parts) -> Tensor", channelConcat);
    library->def("global_mean(Tensor x) -> Tensor", globalMean);
    library->def("running_statistics_(Tensor(a!)[] running_means, Tensor(b!)[] running_variances, Tensor[] means, "
                 "Tensor[] variances, float[] momenta, float[] corrections) -> ()",
                 runningStatistics);
    library->def("adam_(Tensor(a!)[] parameters, Tensor[] gradients, Tensor(b!)[] firsts, Tensor(c!)[] seconds, int step, "
                 "float learning_rate, float beta1, float beta2, float epsilon, float weight_decay, float shrink) -> ()",
                 adam);
  });
}
