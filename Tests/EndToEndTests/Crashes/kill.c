// Kills the process that it is loaded into (LD_PRELOAD) at one write to the store, and writes down every write.
//
// HUITONG_KILL_LOG  where the writes are written down: number, number of the commit or 0, what, file, bytes
// HUITONG_KILL      "write 12 half": at the 12th write, after half of it; or "commit 3 before", "commit 3 after"
//
// A commit is the page that follows a frame header with a size of the database in it: only with that page in the log is
// the transaction there (https://www.sqlite.org/fileformat2.html#the_write_ahead_log).
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum moment { before, half, after };

static int counts_commits, log_file = -1;
static long wanted, writes, commits;
static enum moment moment;
static __thread int is_commit_next;

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("HUITONG_KILL_LOG"), *order = getenv("HUITONG_KILL");
    char unit[16] = "", when[16] = "";
    if (log) log_file = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (!order || sscanf(order, "%15s %ld %15s", unit, &wanted, when) != 3) wanted = 0;
    counts_commits = strcmp(unit, "commit") == 0;
    moment = strcmp(when, "before") == 0 ? before : strcmp(when, "half") == 0 ? half : after;
    // What this process starts is let alone.
    unsetenv("LD_PRELOAD");
}

static int ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

/// The part of the store that a path names; NULL where it is another file.
static const char *part(const char *path) {
    return ends_with(path, "huitong.sqlite") ? "main" : ends_with(path, "huitong.sqlite-wal") ? "wal" : NULL;
}

static const char *part_of(int descriptor) {
    char link[32], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return NULL;
    path[length] = 0;
    return part(path);
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/// Counts what is about to be done; true where the process dies of it.
static int is_last(const char *what, const char *where, size_t size, int is_commit) {
    long write_number = __sync_add_and_fetch(&writes, 1);
    long commit_number = is_commit ? __sync_add_and_fetch(&commits, 1) : 0;
    int is_wanted = wanted > 0 && (counts_commits ? commit_number : write_number) == wanted;
    if (log_file >= 0) {
        char line[128];
        int length = snprintf(line, sizeof line, "%ld %ld %s %s %zu%s\n", write_number, commit_number, what, where,
                              size, is_wanted ? " killed" : "");
        if (write(log_file, line, length) != length) die();
    }
    return is_wanted;
}

#define REAL(function) \
    static __typeof__(&function) real; \
    if (!real) real = (__typeof__(&function))dlsym(RTLD_NEXT, #function)

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t offset) {
    REAL(pwrite64);
    const char *where = part_of(descriptor);
    if (!where) return real(descriptor, bytes, size, offset);
    int is_commit = is_commit_next;
    is_commit_next = 0;
    if (strcmp(where, "wal") == 0 && size == 24) {
        const unsigned char *header = bytes;
        is_commit_next = (header[4] | header[5] | header[6] | header[7]) != 0;
    }
    if (is_last("write", where, size, is_commit)) {
        if (moment == half) real(descriptor, bytes, size / 2, offset);
        if (moment == after) real(descriptor, bytes, size, offset);
        die();
    }
    return real(descriptor, bytes, size, offset);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t offset) {
    return pwrite64(descriptor, bytes, size, offset);
}

/// Whatever is done whole or not at all: half of it is none of it.
#define WHOLE(what, where, call) \
    const char *place = where; \
    int dies = place && is_last(what, place, 0, 0); \
    if (dies && moment != after) die(); \
    int result = call; \
    if (dies) die(); \
    return result

int fdatasync(int descriptor) {
    REAL(fdatasync);
    WHOLE("sync", part_of(descriptor), real(descriptor));
}

int fsync(int descriptor) {
    REAL(fsync);
    WHOLE("sync", part_of(descriptor), real(descriptor));
}

int ftruncate64(int descriptor, off64_t size) {
    REAL(ftruncate64);
    WHOLE("truncate", part_of(descriptor), real(descriptor, size));
}

int unlink(const char *path) {
    REAL(unlink);
    WHOLE("unlink", part(path), real(path));
}
