#include "CAllocations.h"
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>

static _Atomic uint64_t allocations;

uint64_t huitong_allocations(void) { return atomic_load_explicit(&allocations, memory_order_relaxed); }

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HUITONG_HAS_SANITIZER
#endif
#endif

#if !defined(__GLIBC__) || defined(HUITONG_HAS_SANITIZER)

bool huitong_counts_allocations(void) { return false; }

#else

bool huitong_counts_allocations(void) { return true; }

// A program's own malloc stands before the C library's for all libraries it loads; glibc gives its own a second name
// for those who do this ("Replacing malloc" in its manual).
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static void count(void) { atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed); }

void *malloc(size_t size) {
    count();
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    count();
    return __libc_calloc(number, size);
}

void *realloc(void *memory, size_t size) {
    count();
    return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size) {
    count();
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **memory, size_t alignment, size_t size) {
    if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0) return EINVAL;
    void *found = memalign(alignment, size);
    if (found == NULL) return ENOMEM;
    *memory = found;
    return 0;
}

#endif
