// Tensors that JavaScript holds: numbers on its side, rows of a table on this one. One table an instance of the addon, so
// that worker threads don't meet.
#pragma once
#include <ATen/ATen.h>
#include <napi.h>

#include <vector>

class TensorTable {
 public:
  /** Takes the tensor in. A handle names one tensor for ever: a stale one is noticed. */
  double add(Napi::Env env, at::Tensor tensor);
  /** @throws Napi::TypeError where the handle is stale or no handle. */
  const at::Tensor& at(const Napi::Value& handle) const;
  bool alive(double handle) const;
  void release(Napi::Env env, double handle);
  /** Everything that is added until the scope ends is released then, but for what is kept: that is the outer scope's. */
  void beginScope();
  void endScope(Napi::Env env, const std::vector<double>& keep);
  size_t count() const { return rows_.size() - free_.size(); }

 private:
  struct Row {
    at::Tensor tensor;
    uint32_t generation = 0;
    int64_t bytes = 0;
  };
  static constexpr double kRows = 1 << 22;
  static size_t rowOf(double handle) { return static_cast<size_t>(static_cast<int64_t>(handle) % (1 << 22)); }
  static uint32_t generationOf(double handle) { return static_cast<uint32_t>(static_cast<int64_t>(handle) >> 22); }
  void charge(Napi::Env env, int64_t bytes);

  std::vector<Row> rows_;
  std::vector<uint32_t> free_;
  std::vector<double> born_;
  std::vector<size_t> scopes_;
  int64_t bytes_ = 0;
  int64_t charged_ = 0;
};
