// Operators of our own, `eosin::…`, on the CPU: what libtorch would do in several passes over memory.
#pragma once

/** Makes them known to libtorch's dispatcher, once a process. */
void registerFusedOperators();
