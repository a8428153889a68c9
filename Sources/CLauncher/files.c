#define _GNU_SOURCE
#include "CLauncher.h"
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

bool refuse_reports;
pid_t refuse_ends;
const struct groups *refuse_removes;
void (*refuse_undoes)(void);

void refuse(const char *what, const char *which, int error) {
    struct {
        struct fettle_report report;
        char message[2048];
    } packet = {.report = {.ending = FETTLE_SANDBOX_FAILED, .status = error}};
    int length = snprintf(packet.message, sizeof packet.message, "%s%s%s%s%s", what, which ? " " : "",
                          which ? which : "", error ? ": " : "", error ? strerror(error) : "");
    if (length >= (int)sizeof packet.message) length = sizeof packet.message - 1;
    if (refuse_ends > 0) {
        kill(-refuse_ends, SIGKILL);
        kill(refuse_ends, SIGKILL);
        while (waitpid(-1, NULL, 0) > 0 || errno == EINTR) continue;
    }
    if (refuse_undoes) refuse_undoes();
    if (refuse_removes) groups_remove(refuse_removes);
    if (refuse_reports) send(FD_CHANNEL, &packet, sizeof packet.report + length + 1, MSG_NOSIGNAL);
    else dprintf(FD_ERROR, "%s\n", packet.message);
    _exit(125);
}

bool write_text(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) return false;
    ssize_t length = strlen(text);
    bool written = write(fd, text, length) == length;
    int error = errno;
    close(fd);
    errno = error;
    return written;
}

bool read_text(const char *path, char *text, size_t capacity) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    ssize_t length = read(fd, text, capacity - 1);
    close(fd);
    if (length < 0) return false;
    text[length] = 0;
    return true;
}

int memory_file(const char *name, const void *bytes, size_t length) {
    int fd = memfd_create(name, MFD_CLOEXEC);
    if (fd < 0) return -1;
    for (size_t done = 0; done < length;) {
        ssize_t count = write(fd, (const char *)bytes + done, length - done);
        if (count < 0) {
            close(fd);
            return -1;
        }
        done += count;
    }
    if (lseek(fd, 0, SEEK_SET) == 0) return fd;
    close(fd);
    return -1;
}

int memory_file_of(char **list) {
    const char *start = list[0] ? list[0] : "";
    const char *end = start;
    // The words of a list stand one behind the other in the request.
    for (; *list; list++) end = *list + strlen(*list) + 1;
    return memory_file("fettle-words", start, end - start);
}

void place(int fd, int target) {
    if (dup2(fd, target) < 0) refuse("cannot place a descriptor", NULL, errno);
}
