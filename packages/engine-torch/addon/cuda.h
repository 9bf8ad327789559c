// What needs CUDA's own headers. Without them no-cuda.cc stands in.
#pragma once
#include <c10/core/Device.h>
#include <c10/util/Optional.h>
#include <napi.h>

struct MemoryUse {
  /** Of tensors: now, and the most so far. */
  size_t bytes, peakBytes;
  /** Taken from the device, what is kept for later tensors included. */
  size_t reservedBytes;
};

/** [{name, memory}] of the GPUs that libtorch sees; empty without CUDA. */
Napi::Value cudaDevices(Napi::Env env);
/** Nothing where this build cannot ask. */
c10::optional<MemoryUse> cudaMemory(c10::Device device);
/** The class Graph, or null where this build records none. */
Napi::Value cudaGraphClass(Napi::Env env);
