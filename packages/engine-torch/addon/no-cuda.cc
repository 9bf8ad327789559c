#ifndef EOSIN_CUDA
#include "cuda.h"

#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>

Napi::Value cudaDevices(Napi::Env env) {
  auto devices = Napi::Array::New(env);
  if (!at::hasCUDA()) return devices;
  int64_t count = at::detail::getCUDAHooks().getNumGPUs();
  for (int64_t i = 0; i < count; i++) {
    auto device = Napi::Object::New(env);
    device.Set("name", "CUDA device " + std::to_string(i));
    devices.Set(static_cast<uint32_t>(i), device);
  }
  return devices;
}

c10::optional<MemoryUse> cudaMemory(c10::Device) { return c10::nullopt; }
Napi::Value cudaGraphClass(Napi::Env env) { return env.Null(); }
#endif
