/* A small disk for one folder: put in front of the C library, it lets the files of $SMALL_DISK grow until they are as large
 * together as the number in the file $SMALL_DISK_LIMIT says, and then answers as a full disk does. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static const char *folder_of(int fd) {
    static __thread char path[4096];
    char link[64];
    const char *folder = getenv("SMALL_DISK");
    if (!folder) return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return NULL;
    path[length] = 0;
    return strncmp(path, folder, strlen(folder)) == 0 ? folder : NULL;
}

static long long limit(void) {
    const char *name = getenv("SMALL_DISK_LIMIT");
    FILE *file = name ? fopen(name, "r") : NULL;
    long long bytes = -1;
    if (!file) return -1;
    if (fscanf(file, "%lld", &bytes) != 1) bytes = -1;
    fclose(file);
    return bytes;
}

static long long used(const char *folder) {
    long long sum = 0;
    struct stat st;
    char path[8192];
    DIR *dir = opendir(folder);
    if (!dir) return 0;
    for (struct dirent *one; (one = readdir(dir));) {
        snprintf(path, sizeof path, "%s/%s", folder, one->d_name);
        if (lstat(path, &st) == 0 && S_ISREG(st.st_mode)) sum += st.st_size;
    }
    closedir(dir);
    return sum;
}

/* Whether the file may be as long as this. */
static int fits(int fd, long long end) {
    struct stat st;
    const char *folder = folder_of(fd);
    if (!folder || fstat(fd, &st) != 0 || end <= (long long)st.st_size) return 1;
    long long most = limit();
    return most < 0 || used(folder) + end - (long long)st.st_size <= most;
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)
#define FULL (errno = ENOSPC, -1)

ssize_t write(int fd, const void *bytes, size_t count) {
    REAL(ssize_t, "write", int, const void *, size_t);
    if (folder_of(fd)) {
        off_t at = lseek(fd, 0, SEEK_CUR);
        if (at >= 0 && !fits(fd, (long long)at + (long long)count)) return FULL;
    }
    return real(fd, bytes, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    return fits(fd, (long long)at + (long long)count) ? real(fd, bytes, count, at) : FULL;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    return fits(fd, (long long)at + (long long)count) ? real(fd, bytes, count, at) : FULL;
}
