// A thin Node-API door to libtorch: every operator by its schema through the boxed dispatcher, and the few things that are
// no operators: data in and out, autograd, threads, memory.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <napi.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/api/include/torch/version.h>

#include "allocator.h"
#include "blas.h"
#include "convert.h"
#include "cuda.h"
#include "fused.h"
#include "tensor-table.h"

namespace {

using Napi::CallbackInfo;
using Napi::Env;
using Napi::Value;

struct Operator {
  c10::OperatorHandle handle;
  std::vector<c10::TypePtr> types;
  std::vector<c10::optional<c10::IValue>> defaults;
};

/** What one loaded instance (one JavaScript thread) owns. */
struct Instance {
  TensorTable table;
  std::vector<std::unique_ptr<Operator>> operators;
};

Instance& instanceOf(Env env) { return *env.GetInstanceData<Instance>(); }
TensorTable& tableOf(Env env) { return instanceOf(env).table; }
const at::Tensor& tensorAt(const CallbackInfo& info, size_t index) { return tableOf(info.Env()).at(info[index]); }

std::vector<at::Tensor> tensorsAt(const CallbackInfo& info, size_t index) {
  auto array = info[index].As<Napi::Array>();
  std::vector<at::Tensor> tensors;
  for (uint32_t i = 0; i < array.Length(); i++) tensors.push_back(tableOf(info.Env()).at(array.Get(i)));
  return tensors;
}

// ---- operators

/** For messages: the operator and the tensors that it was given. */
std::string callText(const CallbackInfo& info, const Operator& op) {
  std::string text = " [" + op.handle.operator_name().name + ":";
  for (size_t i = 0; i < info.Length(); i++) {
    if (!info[i].IsNumber() || i >= op.types.size() || op.types[i]->kind() != c10::TypeKind::TensorType) continue;
    double handle = info[i].As<Napi::Number>().DoubleValue();
    if (tableOf(info.Env()).alive(handle)) text += " " + describe(tableOf(info.Env()).at(info[i]));
  }
  return text + "]";
}

Value callOperator(const CallbackInfo& info) {
  auto env = info.Env();
  auto& op = *static_cast<Operator*>(info.Data());
  auto& table = tableOf(env);
  return guarded(
      env,
      [&]() -> Value {
        const size_t count = op.types.size();
        if (info.Length() > count) throw Napi::TypeError::New(env, "too many arguments");
        torch::jit::Stack stack;
        stack.reserve(count);
        for (size_t i = 0; i < count; i++) {
          Value value = i < info.Length() ? info[i] : env.Undefined();
          if (value.IsUndefined() && op.defaults[i]) stack.push_back(*op.defaults[i]);
          else stack.push_back(toIValue(table, value, op.types[i]));
        }
        op.handle.callBoxed(&stack);
        if (stack.empty()) return env.Undefined();
        if (stack.size() == 1) return fromIValue(table, env, std::move(stack[0]));
        auto results = Napi::Array::New(env, stack.size());
        for (size_t i = 0; i < stack.size(); i++)
          results.Set(static_cast<uint32_t>(i), fromIValue(table, env, std::move(stack[i])));
        return results;
      },
      [&] { return callText(info, op); });
}

/** ("aten::add.Tensor") → a function of the schema's arguments in order, or null where this libtorch has none. */
Value findOperator(const CallbackInfo& info) {
  auto env = info.Env();
  std::string full = info[0].As<Napi::String>();
  auto dot = full.find('.');
  std::string overload = dot == std::string::npos ? "" : full.substr(dot + 1);
  auto handle = c10::Dispatcher::singleton().findSchema({full.substr(0, dot), overload});
  if (!handle) return env.Null();
  auto op = std::make_unique<Operator>(Operator{*handle, {}, {}});
  for (auto& argument : handle->schema().arguments()) {
    op->types.push_back(argument.type());
    op->defaults.push_back(argument.default_value());
  }
  auto function = Napi::Function::New(env, callOperator, full, op.get());
  instanceOf(env).operators.push_back(std::move(op));
  return function;
}

// ---- data

at::ScalarType elementType(Env env, napi_typedarray_type type) {
  switch (type) {
    case napi_uint8_array:
    case napi_uint8_clamped_array: return at::kByte;
    case napi_int32_array: return at::kInt;
    case napi_float32_array: return at::kFloat;
    case napi_float64_array: return at::kDouble;
    default: throw Napi::TypeError::New(env, "this kind of typed array cannot be read");
  }
}

/** A view of a typed array, of shared memory as well (whose buffer Node-API does not know). */
at::Tensor borrow(Env env, const Value& value, at::IntArrayRef shape) {
  napi_typedarray_type type;
  size_t length;
  void* data;
  if (napi_get_typedarray_info(env, value, &type, &length, &data, nullptr, nullptr) != napi_ok)
    throw Napi::TypeError::New(env, "expected a typed array");
  int64_t count = 1;
  for (auto size : shape) count *= size;
  if (count != static_cast<int64_t>(length)) throw Napi::RangeError::New(env, "the shape does not fit the data");
  return at::from_blob(data, shape, elementType(env, type));
}

/** A copy in page-locked memory, from which a GPU fetches by itself; libtorch keeps it until the GPU has done so. */
at::Tensor pinned(const at::Tensor& source) {
  auto copy = at::empty(source.sizes(), source.options().pinned_memory(true));
  copy.copy_(source);
  return copy;
}

/** (data, shape, dtype, device) → handle. To a GPU the bytes go through pinned memory, asynchronously. */
Value upload(const CallbackInfo& info) {
  auto env = info.Env();
  return guarded(env, [&]() -> Value {
    at::NoGradGuard guard;
    auto source = borrow(env, info[0], toShape(info[1]));
    auto type = scalarType(info[2]);
    c10::Device device(info[3].As<Napi::String>().Utf8Value());
    at::Tensor tensor;
    if (device.is_cpu()) {
      tensor = source.to(type, /*non_blocking=*/false, /*copy=*/true);
    } else {
      tensor = pinned(source).to(device, /*non_blocking=*/true).to(type);
    }
    return Napi::Number::New(env, tableOf(env).add(env, std::move(tensor)));
  });
}

/** (handle, data): overwrites in place. To a GPU the bytes go through pinned memory, asynchronously. */
Value write(const CallbackInfo& info) {
  return guarded(info.Env(), [&]() -> Value {
    at::NoGradGuard guard;
    auto tensor = tensorAt(info, 0);
    auto source = borrow(info.Env(), info[1], tensor.sizes());
    if (tensor.is_cpu()) tensor.copy_(source);
    else tensor.copy_(pinned(source), /*non_blocking=*/true);
    return info.Env().Undefined();
  });
}

/** (handle) → typed array, row-major; bfloat16 arrives as float32. */
Value read(const CallbackInfo& info) {
  auto env = info.Env();
  return guarded(env, [&]() -> Value {
    at::NoGradGuard guard;
    at::Tensor tensor = tensorAt(info, 0).detach();
    auto type = tensor.scalar_type();
    if (type == at::kBFloat16 || type == at::kDouble) type = at::kFloat;
    if (type == at::kLong) type = at::kInt;
    size_t count = static_cast<size_t>(tensor.numel());
    auto buffer = Napi::ArrayBuffer::New(env, count * c10::elementSize(type));
    if (count) at::from_blob(buffer.Data(), tensor.sizes(), type).copy_(tensor);
    switch (type) {
      case at::kByte:
      case at::kBool: return Napi::Uint8Array::New(env, count, buffer, 0);
      case at::kInt: return Napi::Int32Array::New(env, count, buffer, 0);
      case at::kFloat: return Napi::Float32Array::New(env, count, buffer, 0);
      default: throw Napi::TypeError::New(env, std::string("a tensor of ") + nameOf(type) + " cannot be read");
    }
  });
}

Value dispose(const CallbackInfo& info) {
  tableOf(info.Env()).release(info.Env(), info[0].As<Napi::Number>().DoubleValue());
  return info.Env().Undefined();
}
Value shape(const CallbackInfo& info) { return fromInts(info.Env(), tensorAt(info, 0).sizes()); }
Value dtype(const CallbackInfo& info) {
  return Napi::String::New(info.Env(), nameOf(tensorAt(info, 0).scalar_type()));
}

/** How many tensors share the memory, views and what autograd keeps among them. */
Value sharers(const CallbackInfo& info) {
  auto& tensor = tensorAt(info, 0);
  return Napi::Number::New(info.Env(), tensor.has_storage() ? static_cast<double>(tensor.storage().use_count()) : 1);
}
/** (handles, others) → at which places of the two lists the strides differ. */
Value otherwiseLaid(const CallbackInfo& info) {
  return guarded(info.Env(), [&]() -> Value {
    auto tensors = tensorsAt(info, 0), others = tensorsAt(info, 1);
    if (tensors.size() != others.size()) throw Napi::TypeError::New(info.Env(), "the lists are of different lengths");
    auto results = Napi::Array::New(info.Env());
    for (size_t i = 0; i < tensors.size(); i++) {
      if (tensors[i].strides() != others[i].strides()) results.Set(results.Length(), Napi::Number::New(info.Env(), i));
    }
    return results;
  });
}

/** (handles) → where their first values lie in memory, exact as numbers: addresses have 48 bits. */
Value addresses(const CallbackInfo& info) {
  return guarded(info.Env(), [&]() -> Value {
    auto tensors = tensorsAt(info, 0);
    auto results = Napi::Array::New(info.Env(), tensors.size());
    for (size_t i = 0; i < tensors.size(); i++) {
      auto address = static_cast<double>(reinterpret_cast<uintptr_t>(tensors[i].data_ptr()));
      results.Set(static_cast<uint32_t>(i), Napi::Number::New(info.Env(), address));
    }
    return results;
  });
}
Value requiresGrad(const CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), tensorAt(info, 0).requires_grad());
}

Value beginScope(const CallbackInfo& info) {
  tableOf(info.Env()).beginScope();
  return info.Env().Undefined();
}
/** (keep: handles) */
Value endScope(const CallbackInfo& info) {
  std::vector<double> keep;
  auto array = info[0].As<Napi::Array>();
  for (uint32_t i = 0; i < array.Length(); i++) keep.push_back(array.Get(i).As<Napi::Number>().DoubleValue());
  tableOf(info.Env()).endScope(info.Env(), keep);
  return info.Env().Undefined();
}

// ---- autograd

Value setGradEnabled(const CallbackInfo& info) {
  bool before = at::GradMode::is_enabled();
  at::GradMode::set_enabled(info[0].ToBoolean());
  return Napi::Boolean::New(info.Env(), before);
}

/** (handles, on): makes them leaves of the graph that operators record. */
Value setRequiresGrad(const CallbackInfo& info) {
  return guarded(info.Env(), [&]() -> Value {
    for (auto& tensor : tensorsAt(info, 0)) tensor.requires_grad_(info[1].ToBoolean());
    return info.Env().Undefined();
  });
}

/** (loss, inputs, seed) → seed · ∂loss/∂input for each, null where the loss does not depend on it. */
Value gradients(const CallbackInfo& info) {
  auto env = info.Env();
  return guarded(env, [&]() -> Value {
    auto& loss = tensorAt(info, 0);
    // A tensor: a number would be fixed in a graph that is captured and replayed.
    auto seed = tensorAt(info, 2).to(loss.scalar_type()).expand_as(loss);
    auto computed = torch::autograd::grad({loss}, tensorsAt(info, 1), {seed}, /*retain_graph=*/false,
                                          /*create_graph=*/false, /*allow_unused=*/true);
    auto results = Napi::Array::New(env, computed.size());
    for (size_t i = 0; i < computed.size(); i++) {
      if (!computed[i].defined()) results.Set(static_cast<uint32_t>(i), env.Null());
      else results.Set(static_cast<uint32_t>(i), Napi::Number::New(env, tableOf(env).add(env, computed[i])));
    }
    return results;
  });
}

// ---- the process

Value setThreads(const CallbackInfo& info) {
  at::set_num_threads(info[0].As<Napi::Number>().Int32Value());
  return info.Env().Undefined();
}

/** (bytes): what tensors on the CPU may take together; more is refused with an error. */
Value limitMemory(const CallbackInfo& info) {
  limitCpuMemory(static_cast<size_t>(info[0].As<Napi::Number>().DoubleValue()));
  return info.Env().Undefined();
}

/** (device = "cpu") */
Value memory(const CallbackInfo& info) {
  return guarded(info.Env(), [&]() -> Value {
    auto result = Napi::Object::New(info.Env());
    result.Set("tensors", static_cast<double>(tableOf(info.Env()).count()));
    c10::Device device(info[0].IsString() ? info[0].As<Napi::String>().Utf8Value() : "cpu");
    c10::optional<MemoryUse> used;
    if (device.is_cpu()) used = MemoryUse{cpuMemoryInUse(), cpuMemoryPeak(), cpuMemoryInUse()};
    else used = cudaMemory(device);
    if (!used) return result;
    result.Set("bytes", static_cast<double>(used->bytes));
    result.Set("peakBytes", static_cast<double>(used->peakBytes));
    result.Set("reservedBytes", static_cast<double>(used->reservedBytes));
    return result;
  });
}

/**
 * float32 means float32 (libtorch would convolve with 10 bits of TF32), and the same input gives the same bytes: cuDNN
 * neither tries kernels against the clock nor takes those whose sums depend on the order of threads.
 */
void settleCuda() {
  auto& context = at::globalContext();
  context.setAllowTF32CuDNN(false);
  context.setAllowTF32CuBLAS(false);
  context.setBenchmarkCuDNN(false);
  context.setDeterministicCuDNN(true);
}

Value about(const CallbackInfo& info) {
  auto env = info.Env();
  auto result = Napi::Object::New(env);
  result.Set("version", TORCH_VERSION);
  result.Set("cuda", at::hasCUDA());
  result.Set("devices", cudaDevices(env));
  result.Set("graphs", !cudaGraphClass(env).IsNull());
#if defined(__AVX512BF16__) || defined(__ARM_FEATURE_BF16)
  result.Set("bf16", true);
#else
  result.Set("bf16", false);
#endif
  result.Set("threads", at::get_num_threads());
  auto blas = blasOfLibtorch();
  if (!blas.link.empty()) {
    auto told = Napi::Object::New(env);
    told.Set("link", blas.link);
    told.Set("file", blas.file);
    told.Set("name", blas.name);
    result.Set("blas", told);
  }
  return result;
}

Napi::Object init(Env env, Napi::Object exports) {
  env.SetInstanceData(new Instance());
  useCachingAllocator();
  registerFusedOperators();
  if (at::hasCUDA()) settleCuda();
  auto define = [&](const char* name, Value (*function)(const CallbackInfo&)) {
    exports.Set(name, Napi::Function::New(env, function, name));
  };
  define("findOperator", findOperator);
  define("upload", upload);
  define("write", write);
  define("read", read);
  define("dispose", dispose);
  define("shape", shape);
  define("dtype", dtype);
  define("sharers", sharers);
  define("otherwiseLaid", otherwiseLaid);
  define("addresses", addresses);
  define("requiresGrad", requiresGrad);
  define("beginScope", beginScope);
  define("endScope", endScope);
  define("setGradEnabled", setGradEnabled);
  define("setRequiresGrad", setRequiresGrad);
  define("gradients", gradients);
  define("setThreads", setThreads);
  define("limitMemory", limitMemory);
  define("memory", memory);
  define("about", about);
  exports.Set("Graph", cudaGraphClass(env));
  return exports;
}

}  // namespace

NODE_API_MODULE(eosin_torch, init)
