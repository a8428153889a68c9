#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void made(const char *path, mode_t mode) {
    if (mkdir(path, mode) < 0) refuse("cannot stage", path, errno);
}

void overlay_mount(
    int tree, const struct staged *staged, const char *place, const struct stat *status, uid_t user, bool root
) {
    // Beside its place, not over it: the file system in memory holds what is written, and is not to be seen itself.
    char base[64], lower[80], upper[80], work[80], options[512];
    snprintf(base, sizeof base, "%s.copy", place);
    snprintf(lower, sizeof lower, "%s/lower", base);
    snprintf(upper, sizeof upper, "%s/upper", base);
    snprintf(work, sizeof work, "%s/work", base);
    made(base, 0700);
    // Beside what is counted there are the root, three folders here and two that the kernel makes in `work`.
    snprintf(options, sizeof options, "mode=0700,size=%ld,nr_inodes=%ld", staged->bytes, staged->inodes + 6);
    if (mount("fettle", base, "tmpfs", MS_NOSUID | MS_NODEV, options) < 0)
        refuse("cannot mount the space for what is written to", staged->source, errno);
    made(lower, 0700);
    made(upper, 0700);
    made(work, 0700);
    if (move_mount(tree, "", AT_FDCWD, lower, MOVE_MOUNT_F_EMPTY_PATH) < 0) refuse("cannot stage", staged->source, errno);
    // The copy's own top folder is the upper one, so that must look like the original.
    if ((root && chown(upper, user, user) < 0) || chmod(upper, status->st_mode & 07777) < 0)
        refuse("cannot stage", staged->source, errno);
    // A folder can be renamed only with `redirect_dir`, whose notes are the real root's to write. `volatile`, since
    // nothing here outlives the run.
    snprintf(options, sizeof options, "lowerdir=%s,upperdir=%s,workdir=%s,volatile,index=off,metacopy=off,%s", lower,
             upper, work, root ? "redirect_dir=on" : "userxattr");
    if (mount("fettle", place, "overlay", MS_NOSUID | MS_NODEV, options) < 0)
        refuse("this machine cannot lay a copy-on-write folder (overlayfs) over", staged->source, errno);
}
