#pragma once
#include <stdbool.h>
#include <stdint.h>

/// Whether this build counts: glibc only, and no sanitizer, which has its own allocator.
bool huitong_counts_allocations(void);

/// How many times this process has asked for memory, in all its threads, whoever asked: Swift, C++ or a C library.
uint64_t huitong_allocations(void);
