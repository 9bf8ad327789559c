#include "allocator.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>
#include <torch/csrc/api/include/torch/version.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <set>

#if defined(__linux__)
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace {

constexpr size_t kAlignment = 64;
/** Smaller blocks are the C library's. */
constexpr size_t kLarge = 64 << 10;
constexpr size_t kPage = 4096;

size_t roundUp(size_t bytes, size_t to) { return (bytes + to - 1) / to * to; }

/** One stretch of reserved addresses, best fit, neighbours joined when freed. */
class Arena {
 public:
  explicit Arena(size_t reserve) {
#if defined(__linux__)
    void* start = mmap(nullptr, reserve, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED) return;
    base_ = static_cast<char*>(start);
    size_ = reserve;
    madvise(base_, size_, MADV_HUGEPAGE);
#endif
  }

  bool contains(const void* pointer) const { return pointer >= base_ && pointer < base_ + size_; }

  /** @returns null where the reserved addresses are used up. */
  char* take(size_t bytes) {
    auto fit = bySize_.lower_bound({bytes, nullptr});
    if (fit == bySize_.end()) return grow(bytes);
    auto [size, start] = *fit;
    forget(start, size);
    // Always cut: what is left over serves the next request.
    if (size > bytes) remember(start + bytes, size - bytes);
    taken_[start] = bytes;
    return start;
  }

  size_t give(char* start) {
    auto found = taken_.find(start);
    size_t bytes = found->second;
    size_t size = bytes;
    taken_.erase(found);
    auto after = byStart_.lower_bound(start);
    if (after != byStart_.end() && start + size == after->first) {
      size += after->second;
      forget(after->first, after->second);
    }
    auto before = byStart_.lower_bound(start);
    if (before != byStart_.begin()) {
      --before;
      if (before->first + before->second == start) {
        start = before->first;
        size += before->second;
        forget(before->first, before->second);
      }
    }
    remember(start, size);
    return bytes;
  }

 private:
  char* grow(size_t bytes) {
    // A free stretch at the end is made longer, so that no gap stays behind.
    char* start = base_ + used_;
    if (!byStart_.empty()) {
      auto last = std::prev(byStart_.end());
      if (last->first + last->second == start) {
        start = last->first;
        if (start + bytes > base_ + size_) return nullptr;
        forget(last->first, last->second);
      }
    }
    if (start + bytes > base_ + size_) return nullptr;
    used_ = static_cast<size_t>(start - base_) + bytes;
    taken_[start] = bytes;
    return start;
  }
  void remember(char* start, size_t size) {
    byStart_[start] = size;
    bySize_.insert({size, start});
  }
  void forget(char* start, size_t size) {
    byStart_.erase(start);
    bySize_.erase({size, start});
  }

  char* base_ = nullptr;
  size_t size_ = 0;
  size_t used_ = 0;
  std::map<char*, size_t> taken_;
  std::map<char*, size_t> byStart_;
  std::set<std::pair<size_t, char*>> bySize_;
};

class CachingAllocator final : public c10::Allocator {
 public:
  CachingAllocator() : arena_(reserve()) {}

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3)
  c10::DataPtr allocate(size_t bytes) override { return make(bytes); }
  void copy_data(void* target, const void* source, size_t count) const override {
    default_copy_data(target, source, count);
  }
#else
  c10::DataPtr allocate(size_t bytes) const override { return const_cast<CachingAllocator*>(this)->make(bytes); }
#endif
  c10::DeleterFnPtr raw_deleter() const override { return &release; }

  void limit(size_t bytes) { limit_ = bytes; }
  size_t inUse() const { return inUse_; }
  size_t peak() const { return peak_; }

 private:
  static size_t reserve() {
#if defined(__linux__)
    return 4 * static_cast<size_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<size_t>(sysconf(_SC_PAGE_SIZE));
#else
    return 0;
#endif
  }

  c10::DataPtr make(size_t bytes) {
    void* pointer = bytes ? take(bytes) : nullptr;
    return {pointer, pointer, &release, c10::Device(c10::DeviceType::CPU)};
  }

  void* take(size_t bytes) {
    if (bytes >= kLarge) {
      std::lock_guard<std::mutex> lock(mutex_);
      size_t rounded = roundUp(bytes, kPage);
      TORCH_CHECK(!limit_ || inUse_ + rounded <= limit_, "out of memory: ", bytes, " bytes were asked for, ", inUse_,
                  " are in use and ", limit_, " may be");
      if (char* pointer = arena_.take(rounded)) {
        inUse_ += rounded;
        if (inUse_ > peak_) peak_ = inUse_;
        return pointer;
      }
    }
    void* pointer = nullptr;
    int error = posix_memalign(&pointer, kAlignment, bytes);
    TORCH_CHECK(error == 0 && pointer, "out of memory: ", bytes, " bytes were asked for");
    return pointer;
  }

  static void release(void* pointer);

  std::mutex mutex_;
  Arena arena_;
  size_t limit_ = 0;
  size_t inUse_ = 0;
  size_t peak_ = 0;
};

/** Never destroyed: tensors may outlive it. */
CachingAllocator& allocator() {
  static auto* instance = new CachingAllocator();
  return *instance;
}

void CachingAllocator::release(void* pointer) {
  if (!pointer) return;
  auto& self = allocator();
  if (!self.arena_.contains(pointer)) {
    std::free(pointer);
    return;
  }
  std::lock_guard<std::mutex> lock(self.mutex_);
  self.inUse_ -= self.arena_.give(static_cast<char*>(pointer));
}

}  // namespace

void useCachingAllocator() {
  static std::once_flag once;
  std::call_once(once, [] {
#if defined(__linux__)
    // For what oneDNN allocates by itself: the largest threshold that glibc takes, and no giving back in between.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_TOP_PAD, 64 << 20);
#endif
    c10::SetCPUAllocator(&allocator(), /*priority=*/1);
  });
}

void limitCpuMemory(size_t bytes) { allocator().limit(bytes); }
size_t cpuMemoryInUse() { return allocator().inUse(); }
size_t cpuMemoryPeak() { return allocator().peak(); }
