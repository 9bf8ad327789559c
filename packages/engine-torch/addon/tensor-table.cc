#include "tensor-table.h"

#include <algorithm>

double TensorTable::add(Napi::Env env, at::Tensor tensor) {
  uint32_t row;
  if (free_.empty()) {
    row = static_cast<uint32_t>(rows_.size());
    if (row >= kRows) throw Napi::RangeError::New(env, "more than four million tensors are alive");
    rows_.emplace_back();
  } else {
    row = free_.back();
    free_.pop_back();
  }
  Row& entry = rows_[row];
  // Views share their storage: V8 hears of the one that is alone on it.
  if (tensor.has_storage() && tensor.storage().use_count() == 1) entry.bytes = static_cast<int64_t>(tensor.nbytes());
  entry.tensor = std::move(tensor);
  charge(env, entry.bytes);
  double handle = entry.generation * kRows + row;
  if (!scopes_.empty()) born_.push_back(handle);
  return handle;
}

bool TensorTable::alive(double handle) const {
  size_t row = rowOf(handle);
  return handle >= 0 && row < rows_.size() && rows_[row].tensor.defined() &&
         rows_[row].generation == generationOf(handle);
}

const at::Tensor& TensorTable::at(const Napi::Value& value) const {
  if (value.IsNumber()) {
    double handle = value.As<Napi::Number>().DoubleValue();
    if (alive(handle)) return rows_[rowOf(handle)].tensor;
    auto error = Napi::TypeError::New(value.Env(), "a tensor was used after it had been disposed");
    // As `DisposedTensorError` has it: classes of TypeScript's are unknown here.
    error.Set("code", "DISPOSED_TENSOR");
    throw error;
  }
  throw Napi::TypeError::New(value.Env(), "expected a tensor");
}

void TensorTable::release(Napi::Env env, double handle) {
  if (!alive(handle)) return;
  Row& row = rows_[rowOf(handle)];
  charge(env, -row.bytes);
  row.bytes = 0;
  row.tensor.reset();
  row.generation++;
  free_.push_back(static_cast<uint32_t>(rowOf(handle)));
}

void TensorTable::beginScope() { scopes_.push_back(born_.size()); }

void TensorTable::endScope(Napi::Env env, const std::vector<double>& keep) {
  if (scopes_.empty()) throw Napi::Error::New(env, "no scope is open");
  size_t begin = scopes_.back();
  scopes_.pop_back();
  size_t kept = begin;
  for (size_t i = begin; i < born_.size(); i++) {
    if (std::find(keep.begin(), keep.end(), born_[i]) == keep.end()) release(env, born_[i]);
    else born_[kept++] = born_[i];
  }
  born_.resize(scopes_.empty() ? 0 : kept);
}

void TensorTable::charge(Napi::Env env, int64_t bytes) {
  bytes_ += bytes;
  // Each word to V8 costs a microsecond and may start a collection: only whole steps are told.
  constexpr int64_t kStep = 64 << 20;
  if (bytes_ - charged_ < kStep && charged_ - bytes_ < kStep) return;
  Napi::MemoryManagement::AdjustExternalMemory(env, bytes_ - charged_);
  charged_ = bytes_;
}
