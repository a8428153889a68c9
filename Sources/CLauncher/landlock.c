#define _GNU_SOURCE
#include "stage.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// landlock(7), by its numbers: what the distribution's headers know is older than what its kernel can do.
enum {
    FS_EXECUTE = 1 << 0, FS_WRITE_FILE = 1 << 1, FS_READ_FILE = 1 << 2, FS_READ_DIR = 1 << 3, FS_TRUNCATE = 1 << 14,
    FS_IOCTL_DEV = 1 << 15, FS_ALL = (1 << 16) - 1,
    // Devices are not made here, as nowhere else.
    FS_MAKE_CHAR = 1 << 6, FS_MAKE_BLOCK = 1 << 11,
    NET_ALL = 3, SCOPE_ALL = 3, RULE_PATH_BENEATH = 1, OLDEST_VERSION = 6,
};

struct ruleset { uint64_t files, network, scopes; };
struct path_rule { uint64_t allowed; int32_t parent; } __attribute__((packed));

long landlock_version(void) { return syscall(SYS_landlock_create_ruleset, NULL, 0, 1); }

static void restrict_by(int ruleset) {
    if (syscall(SYS_landlock_restrict_self, ruleset, 0) < 0) refuse("Landlock refuses", NULL, errno);
    close(ruleset);
}

static void allow(int ruleset, const char *path, uint64_t rights) {
    int fd = open(path, O_PATH | O_CLOEXEC);
    struct stat status;
    // What this machine does not have needs no rule.
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR)) return;
    if (fd < 0 || fstat(fd, &status) < 0) refuse("cannot open", path, errno);
    if (!S_ISDIR(status.st_mode)) rights &= FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV;
    struct path_rule rule = {rights, fd};
    if (syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0) < 0)
        refuse("Landlock takes no rule for", path, errno);
    close(fd);
}

void landlock_enter(const struct request *request) {
    // Before that (Linux 6.12) signals pass, and ending what a program left would end all that the user has.
    if (landlock_version() < OLDEST_VERSION)
        refuse("this kernel's Landlock cannot hold signals back; Linux 6.12 can", NULL, 0);
    struct ruleset wanted = {FS_ALL, NET_ALL, SCOPE_ALL};
    int ruleset = syscall(SYS_landlock_create_ruleset, &wanted, sizeof wanted, 0);
    if (ruleset < 0) refuse("Landlock is not to be had", NULL, errno);
    for (int i = 0; i < request->rule_count; i++) {
        const struct rule *rule = &request->rules[i];
        uint64_t rights = FS_READ_DIR;
        if (rule->how == RULE_READABLE) rights = FS_EXECUTE | FS_READ_FILE | FS_READ_DIR;
        if (rule->how == RULE_WRITABLE) rights = FS_ALL & ~(FS_MAKE_CHAR | FS_MAKE_BLOCK | FS_IOCTL_DEV);
        allow(ruleset, rule->path, rights);
    }
    pid_t stage = getppid();
    restrict_by(ruleset);
    // Everything inside is ended by a signal to all whom one may signal. Look rather than believe that those are few.
    if (kill(stage, 0) == 0 || errno != EPERM) refuse("Landlock does not hold signals back", NULL, 0);
}

bool landlock_enter_again(void) {
    struct ruleset wanted = {0, 0, SCOPE_ALL};
    int ruleset = syscall(SYS_landlock_create_ruleset, &wanted, sizeof wanted, 0);
    if (ruleset < 0) return false;
    bool done = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return done;
}
