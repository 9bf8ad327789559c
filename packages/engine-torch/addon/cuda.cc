// Compiled only where CUDA's headers are (EOSIN_CUDA).
#include "cuda.h"

#include <ATen/cuda/CUDAContext.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAStream.h>

#include <memory>

#include "convert.h"

namespace {

/** Kernels that are recorded once and launched together from then on. */
class Graph : public Napi::ObjectWrap<Graph> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "Graph", {InstanceMethod<&Graph::begin>("begin"), InstanceMethod<&Graph::end>("end"),
                                      InstanceMethod<&Graph::replay>("replay")});
  }
  explicit Graph(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Graph>(info) {}

 private:
  Napi::Value begin(const Napi::CallbackInfo& info) {
    return guarded(info.Env(), [&]() -> Napi::Value {
      outer_ = at::cuda::getCurrentCUDAStream();
      c10::cuda::device_synchronize();
      // Capture wants a stream that is not the default one.
      at::cuda::setCurrentCUDAStream(at::cuda::getStreamFromPool());
      graph_ = std::make_unique<at::cuda::CUDAGraph>();
      graph_->capture_begin();
      return info.This();
    });
  }
  Napi::Value end(const Napi::CallbackInfo& info) {
    return guarded(info.Env(), [&]() -> Napi::Value {
      auto outer = *outer_;
      try {
        graph_->capture_end();
      } catch (...) {
        graph_.reset();
        at::cuda::setCurrentCUDAStream(outer);
        throw;
      }
      at::cuda::setCurrentCUDAStream(outer);
      return info.This();
    });
  }
  Napi::Value replay(const Napi::CallbackInfo& info) {
    return guarded(info.Env(), [&]() -> Napi::Value {
      graph_->replay();
      return info.This();
    });
  }

  std::unique_ptr<at::cuda::CUDAGraph> graph_;
  c10::optional<c10::cuda::CUDAStream> outer_;
};

}  // namespace

Napi::Value cudaDevices(Napi::Env env) {
  auto devices = Napi::Array::New(env);
  for (c10::DeviceIndex i = 0; i < c10::cuda::device_count(); i++) {
    auto* properties = at::cuda::getDeviceProperties(i);
    auto device = Napi::Object::New(env);
    device.Set("name", properties->name);
    device.Set("memory", static_cast<double>(properties->totalGlobalMem));
    devices.Set(static_cast<uint32_t>(i), device);
  }
  return devices;
}

Napi::Value cudaGraphClass(Napi::Env env) { return Graph::define(env); }
