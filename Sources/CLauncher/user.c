#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

long user_claim(long first, long count, const char *lock_directory) {
    if (mkdir(lock_directory, 0700) < 0 && errno != EEXIST) refuse("cannot make", lock_directory, errno);
    for (long user = first; user < first + count; user++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/user-%ld", lock_directory, user);
        int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0) refuse("cannot lock", path, errno);
        // The lock is held as long as this launcher lives: the kernel gives it back whatever ends us.
        if (flock(fd, LOCK_EX | LOCK_NB) == 0) return user;
        close(fd);
    }
    return -1;
}

void user_become(uid_t user) {
    // The bounding set first: dropping it needs the capability that the change of user takes away.
    for (int capability = 0; prctl(PR_CAPBSET_READ, capability) >= 0; capability++)
        if (prctl(PR_CAPBSET_DROP, capability) < 0 && errno != EPERM)
            refuse("cannot drop capabilities", NULL, errno);
    if (setgroups(0, NULL) < 0) refuse("cannot drop the groups", NULL, errno);
    if (setresgid(user, user, user) < 0) refuse("cannot change the group", NULL, errno);
    if (setresuid(user, user, user) < 0) refuse("cannot change the user", NULL, errno);
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2] = {{0, 0, 0}, {0, 0, 0}};
    if (syscall(SYS_capset, &header, none) < 0) refuse("cannot drop capabilities", NULL, errno);
    uid_t real, effective, saved;
    // bubblewrap with the kernel's user 0 is no sandbox (/proc/sys stays writable), so look rather than believe.
    if (getresuid(&real, &effective, &saved) < 0 || real != user || effective != user || saved != user || user == 0)
        refuse("the user did not change", NULL, 0);
}
