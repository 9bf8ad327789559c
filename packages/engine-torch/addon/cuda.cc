// Compiled only where CUDA's headers are (EOSIN_CUDA).
#include "cuda.h"

#include <ATen/Context.h>
#include <ATen/cuda/CUDAContext.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>

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

c10::optional<MemoryUse> cudaMemory(c10::Device device) {
  // The allocator knows no device before CUDA's first use.
  at::cuda::getDeviceProperties(device.index());
  auto stats = c10::cuda::CUDACachingAllocator::getDeviceStats(device.index());
  constexpr size_t kAll = 0;
  return MemoryUse{static_cast<size_t>(stats.allocated_bytes[kAll].current),
                   static_cast<size_t>(stats.allocated_bytes[kAll].peak),
                   static_cast<size_t>(stats.reserved_bytes[kAll].current)};
}
