// Compiled only where CUDA's headers are (EOSIN_CUDA).
#include "cuda.h"

#include <ATen/cuda/CUDAContext.h>
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
