// Memory of tensors on the CPU. A training step asks for the same large blocks again and again; the C library gives them
// back to the system each time, and faults every page in anew. This allocator keeps them.
#pragma once
#include <cstddef>

/** Puts it in the place of libtorch's own, once a process. */
void useCachingAllocator();
/** Bytes that may be in use; more is refused with an error instead of ending in the system's killer. 0: no limit. */
void limitCpuMemory(size_t bytes);
size_t cpuMemoryInUse();
size_t cpuMemoryPeak();
