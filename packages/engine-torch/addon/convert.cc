#include "convert.h"

#include <unordered_map>

namespace {

/** Dtypes, layouts and memory formats: schemas carry them as integers. */
const std::unordered_map<std::string, int64_t>& enumerators() {
  static const std::unordered_map<std::string, int64_t> values = {
      {"uint8", static_cast<int64_t>(at::kByte)},      {"int8", static_cast<int64_t>(at::kChar)},
      {"int16", static_cast<int64_t>(at::kShort)},     {"int32", static_cast<int64_t>(at::kInt)},
      {"int64", static_cast<int64_t>(at::kLong)},      {"float32", static_cast<int64_t>(at::kFloat)},
      {"float64", static_cast<int64_t>(at::kDouble)},  {"bool", static_cast<int64_t>(at::kBool)},
      {"bfloat16", static_cast<int64_t>(at::kBFloat16)}};
  return values;
}

int64_t enumerator(const Napi::Value& name) {
  auto found = enumerators().find(name.As<Napi::String>().Utf8Value());
  if (found != enumerators().end()) return found->second;
  throw Napi::TypeError::New(name.Env(), "unknown dtype " + name.As<Napi::String>().Utf8Value());
}

int64_t toInt(const Napi::Value& value) {
  if (value.IsString()) return enumerator(value);
  if (!value.IsNumber()) throw Napi::TypeError::New(value.Env(), "expected an integer");
  return value.As<Napi::Number>().Int64Value();
}

double toDouble(const Napi::Value& value) {
  if (!value.IsNumber()) throw Napi::TypeError::New(value.Env(), "expected a number");
  return value.As<Napi::Number>().DoubleValue();
}

c10::IValue toScalar(const Napi::Value& value) {
  if (value.IsBoolean()) return value.As<Napi::Boolean>().Value();
  double number = toDouble(value);
  auto whole = static_cast<int64_t>(number);
  return static_cast<double>(whole) == number ? c10::IValue(whole) : c10::IValue(number);
}

template <typename T, typename Each>
c10::List<T> toList(const Napi::Value& value, Each&& each) {
  c10::List<T> list;
  if (!value.IsArray()) {
    list.push_back(each(value));  // 2 stands for [2]; kernels expand it
    return list;
  }
  auto array = value.As<Napi::Array>();
  uint32_t length = array.Length();
  list.reserve(length);
  for (uint32_t i = 0; i < length; i++) list.push_back(each(array.Get(i)));
  return list;
}

c10::IValue toListValue(const TensorTable& table, const Napi::Value& value, const c10::TypePtr& element) {
  using Kind = c10::TypeKind;
  auto tensor = [&](const Napi::Value& each) { return table.at(each); };
  switch (element->kind()) {
    case Kind::TensorType: return toList<at::Tensor>(value, tensor);
    case Kind::IntType:
    case Kind::SymIntType: return toList<int64_t>(value, toInt);
    case Kind::FloatType: return toList<double>(value, toDouble);
    case Kind::NumberType:
      return toList<at::Scalar>(value, [](const Napi::Value& each) { return toScalar(each).toScalar(); });
    case Kind::BoolType: return toList<bool>(value, [](const Napi::Value& each) { return each.ToBoolean().Value(); });
    case Kind::OptionalType:
      if (element->castRaw<c10::OptionalType>()->getElementType()->kind() != Kind::TensorType) break;
      return toList<c10::optional<at::Tensor>>(value, [&](const Napi::Value& each) -> c10::optional<at::Tensor> {
        if (each.IsNull() || each.IsUndefined()) return c10::nullopt;
        return table.at(each);
      });
    default: break;
  }
  throw Napi::TypeError::New(value.Env(), "no argument of type list of " + element->str() + " can be given");
}

}  // namespace

at::ScalarType scalarType(const Napi::Value& name) { return static_cast<at::ScalarType>(enumerator(name)); }

const char* nameOf(at::ScalarType type) {
  for (auto& [name, value] : enumerators())
    if (value == static_cast<int64_t>(type)) return name.c_str();
  return "other";
}

std::vector<int64_t> toShape(const Napi::Value& value) { return toList<int64_t>(value, toInt).vec(); }

std::string describe(const at::Tensor& tensor) {
  std::string text = nameOf(tensor.scalar_type());
  text += " (";
  for (int64_t i = 0; i < tensor.dim(); i++) text += (i ? "," : "") + std::to_string(tensor.size(i));
  return text + ")";
}

Napi::Array fromInts(Napi::Env env, at::IntArrayRef values) {
  auto array = Napi::Array::New(env, values.size());
  for (size_t i = 0; i < values.size(); i++)
    array.Set(static_cast<uint32_t>(i), Napi::Number::New(env, static_cast<double>(values[i])));
  return array;
}

c10::IValue toIValue(const TensorTable& table, const Napi::Value& value, const c10::TypePtr& type) {
  using Kind = c10::TypeKind;
  switch (type->kind()) {
    case Kind::TensorType: return table.at(value);
    case Kind::IntType:
    case Kind::SymIntType: return toInt(value);
    case Kind::FloatType: return toDouble(value);
    case Kind::BoolType: return value.ToBoolean().Value();
    case Kind::NumberType: return toScalar(value);
    case Kind::StringType: return value.As<Napi::String>().Utf8Value();
    case Kind::DeviceObjType: return c10::Device(value.As<Napi::String>().Utf8Value());
    case Kind::OptionalType:
      if (value.IsNull() || value.IsUndefined()) return c10::IValue();
      return toIValue(table, value, type->castRaw<c10::OptionalType>()->getElementType());
    case Kind::ListType: return toListValue(table, value, type->castRaw<c10::ListType>()->getElementType());
    default: break;
  }
  // ScalarType, Layout and MemoryFormat are kinds of their own in newer libtorch.
  if (value.IsString() || value.IsNumber()) return toInt(value);
  throw Napi::TypeError::New(value.Env(), "no argument of type " + type->str() + " can be given");
}

Napi::Value fromIValue(TensorTable& table, Napi::Env env, c10::IValue&& value) {
  if (value.isTensor()) {
    auto tensor = std::move(value).toTensor();
    if (!tensor.defined()) return env.Null();
    return Napi::Number::New(env, table.add(env, std::move(tensor)));
  }
  if (value.isNone()) return env.Null();
  if (value.isInt()) return Napi::Number::New(env, static_cast<double>(value.toInt()));
  if (value.isDouble()) return Napi::Number::New(env, value.toDouble());
  if (value.isBool()) return Napi::Boolean::New(env, value.toBool());
  if (value.isString()) return Napi::String::New(env, value.toStringRef());
  if (value.isScalar()) return Napi::Number::New(env, value.toScalar().toDouble());
  if (value.isList()) {
    auto list = value.toListRef();
    auto array = Napi::Array::New(env, list.size());
    for (size_t i = 0; i < list.size(); i++)
      array.Set(static_cast<uint32_t>(i), fromIValue(table, env, c10::IValue(list[i])));
    return array;
  }
  throw Napi::TypeError::New(env, "a result of type " + value.tagKind() + " cannot be read");
}
