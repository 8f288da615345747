#pragma once
// sqlite3_config is a variadic function, which Swift cannot import.
#include <sqlite3.h>

// Counting allocated memory takes a lock for every allocation, which connections on several threads wait for; nobody asks
// for the count. Has an effect before the first database is opened only.
static inline int huitong_sqlite_count_no_memory(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }
