// JavaScript values to libtorch's and back, steered by an operator's schema.
#pragma once
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>
#include <napi.h>

#include "tensor-table.h"

at::ScalarType scalarType(const Napi::Value& name);
const char* nameOf(at::ScalarType type);
std::vector<int64_t> toShape(const Napi::Value& value);
std::string describe(const at::Tensor& tensor);
Napi::Array fromInts(Napi::Env env, at::IntArrayRef values);
c10::IValue toIValue(const TensorTable& table, const Napi::Value& value, const c10::TypePtr& type);
Napi::Value fromIValue(TensorTable& table, Napi::Env env, c10::IValue&& value);

/** Runs `f`; what libtorch throws becomes a JavaScript error, with what `context` says behind it. */
template <typename F, typename Context>
auto guarded(Napi::Env env, F&& f, Context&& context) -> decltype(f()) {
  try {
    return f();
  } catch (const Napi::Error&) {
    throw;
  } catch (const c10::Error& error) {
    throw Napi::Error::New(env, std::string(error.what_without_backtrace()) + context());
  } catch (const std::exception& error) {
    throw Napi::Error::New(env, error.what() + context());
  }
}
template <typename F>
auto guarded(Napi::Env env, F&& f) -> decltype(f()) {
  return guarded(env, std::forward<F>(f), [] { return std::string(); });
}
