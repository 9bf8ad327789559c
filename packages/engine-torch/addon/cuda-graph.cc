// A CUDA graph as a class of JavaScript's. Compiled only where CUDA's headers are (EOSIN_CUDA).
#include "cuda.h"

#include <torch/csrc/api/include/torch/version.h>

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
#include <ATen/cuda/CUDAGraph.h>
#include <c10/core/DeviceGuard.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAStream.h>

#include <memory>
#include <optional>

#include "convert.h"

namespace {

namespace caching = c10::cuda::CUDACachingAllocator;

/** Runs `f`, whose failure changes nothing any more. */
template <typename F>
void attempt(F&& f) noexcept {
  try {
    f();
  } catch (...) {
  }
}

/** Kernels that are recorded once, with memory of their own, and launched together from then on. */
class Graph : public Napi::ObjectWrap<Graph> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "Graph",
                       {InstanceMethod<&Graph::begin>("begin"), InstanceMethod<&Graph::end>("end"),
                        InstanceMethod<&Graph::abandon>("abandon"), InstanceMethod<&Graph::replay>("replay"),
                        InstanceMethod<&Graph::dispose>("dispose")});
  }

  /** (device). Gives cached memory back: while a graph is recorded, none can be given back for it. */
  explicit Graph(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Graph>(info) {
    guarded(info.Env(), [&] {
      device_ = c10::Device(info[0].As<Napi::String>().Utf8Value());
      c10::DeviceGuard guard(device_);
      c10::cuda::device_synchronize();
      caching::emptyCache();
    });
  }

 private:
  Napi::Value begin(const Napi::CallbackInfo& info) {
    return guarded(info.Env(), [&]() -> Napi::Value {
      TORCH_CHECK(!graph_, "a graph is recorded once");
      c10::DeviceGuard guard(device_);
      c10::cuda::device_synchronize();
      outer_ = c10::cuda::getCurrentCUDAStream(device_.index());
      pool_ = at::cuda::graph_pool_handle();
      graph_ = std::make_unique<at::cuda::CUDAGraph>();
      // The default stream cannot be recorded.
      c10::cuda::setCurrentCUDAStream(c10::cuda::getStreamFromPool(/*isHighPriority=*/false, device_.index()));
      try {
        graph_->capture_begin(pool_);
      } catch (...) {
        giveUp();
        throw;
      }
      return info.Env().Undefined();
    });
  }

  Napi::Value end(const Napi::CallbackInfo& info) {
    return guarded(info.Env(), [&]() -> Napi::Value {
      TORCH_CHECK(graph_ && outer_, "no graph is being recorded");
      c10::DeviceGuard guard(device_);
      try {
        graph_->capture_end();
      } catch (...) {
        giveUp();
        throw;
      }
      restoreStream();
      return info.Env().Undefined();
    });
  }

  Napi::Value abandon(const Napi::CallbackInfo& info) {
    return guarded(info.Env(), [&]() -> Napi::Value {
      if (!graph_ || !outer_) return info.Env().Undefined();
      c10::DeviceGuard guard(device_);
      try {
        graph_->capture_end();
        restoreStream();
        graph_.reset();
      } catch (...) {
        giveUp();
      }
      return info.Env().Undefined();
    });
  }

  Napi::Value replay(const Napi::CallbackInfo& info) {
    return guarded(info.Env(), [&]() -> Napi::Value {
      TORCH_CHECK(graph_ && !outer_, "the graph was not recorded");
      c10::DeviceGuard guard(device_);
      graph_->replay();
      return info.Env().Undefined();
    });
  }

  Napi::Value dispose(const Napi::CallbackInfo& info) {
    return guarded(info.Env(), [&]() -> Napi::Value {
      if (!graph_) return info.Env().Undefined();
      c10::DeviceGuard guard(device_);
      // It may still be running.
      c10::cuda::device_synchronize();
      graph_.reset();
      return info.Env().Undefined();
    });
  }

  void restoreStream() {
    c10::cuda::setCurrentCUDAStream(*outer_);
    outer_.reset();
  }

  /** After a failure libtorch goes on allocating for the graph: its memory is given back here. */
  void giveUp() {
    restoreStream();
    attempt([&] { caching::endAllocateToPool(device_.index(), pool_); });
    attempt([&] { caching::releasePool(device_.index(), pool_); });
    // Allocators may keep a function that refers to it, for as long as they live.
    static_cast<void>(graph_.release());
  }

  c10::Device device_{c10::DeviceType::CUDA, 0};
  decltype(at::cuda::graph_pool_handle()) pool_{0, 0};
  std::unique_ptr<at::cuda::CUDAGraph> graph_;
  /** The stream that was current; there only while the graph is being recorded. */
  std::optional<c10::cuda::CUDAStream> outer_;
};

}  // namespace

Napi::Value cudaGraphClass(Napi::Env env) { return Graph::define(env); }
#else
// Older ones cannot be brought back in order after a recording that failed.
Napi::Value cudaGraphClass(Napi::Env env) { return env.Null(); }
#endif
