// What needs CUDA's own headers. Without them no-cuda.cc stands in.
#pragma once
#include <napi.h>

/** [{name, memory}] of the GPUs that libtorch sees; empty without CUDA. */
Napi::Value cudaDevices(Napi::Env env);
