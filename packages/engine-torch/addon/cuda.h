// What needs CUDA's own headers. Without them no-cuda.cc stands in: no graphs, and all else as it is.
#pragma once
#include <napi.h>

/** [{name, memory}] of the GPUs that libtorch sees; empty without CUDA. */
Napi::Value cudaDevices(Napi::Env env);
/** `Graph`: begin(), end(), replay(); null without CUDA. */
Napi::Value cudaGraphClass(Napi::Env env);
