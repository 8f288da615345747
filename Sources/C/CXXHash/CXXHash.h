#pragma once
// XXH3 is compiled into its caller: one call a record, no library to link.
#define XXH_INLINE_ALL
#include <xxhash.h>

static inline void huitong_hash128(
    const void *bytes, size_t count, uint64_t seed, uint64_t *low, uint64_t *high) {
    XXH128_hash_t hash = XXH3_128bits_withSeed(bytes, count, seed);
    *low = hash.low64;
    *high = hash.high64;
}
