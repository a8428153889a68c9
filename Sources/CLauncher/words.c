#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

struct words words_from(int fd) {
    struct stat status;
    if (fstat(fd, &status) < 0) refuse("cannot read the request", NULL, errno);
    struct words words = {"", ""};
    if (status.st_size == 0) return words;
    const char *bytes = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED) refuse("cannot read the request", NULL, errno);
    if (bytes[status.st_size - 1] != 0) refuse("the request has no end", NULL, 0);
    words.next = bytes;
    words.end = bytes + status.st_size;
    return words;
}

bool words_left(const struct words *words) { return words->next < words->end; }

const char *word(struct words *words) {
    if (!words_left(words)) refuse("the request ends too early", NULL, 0);
    const char *found = words->next;
    words->next += strlen(found) + 1;
    return found;
}

long number(struct words *words) {
    const char *text = word(words);
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno || end == text || *end) refuse("the request has no number at", text, 0);
    return value;
}

char **word_list(struct words *words) {
    long count = number(words);
    if (count < 0 || count > words->end - words->next) refuse("the request has a wrong count", NULL, 0);
    char **list = calloc(count + 1, sizeof *list);
    if (!list) refuse("out of memory", NULL, 0);
    for (long i = 0; i < count; i++) list[i] = (char *)word(words);
    return list;
}
