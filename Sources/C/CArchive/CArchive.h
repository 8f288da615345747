#pragma once
#include <archive.h>
#include <archive_entry.h>

// The kinds of entries are macros with a cast, which Swift cannot import.
static inline int huitong_archive_is_regular(struct archive_entry *entry) {
    return archive_entry_filetype(entry) == AE_IFREG;
}
