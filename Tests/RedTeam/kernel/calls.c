// attack: reach a part of the kernel that no test needs
// outside: succeeds
// each: io_uring_setup io_uring_enter io_uring_register bpf userfaultfd perf_event_open kexec_load kexec_file_load init_module finit_module delete_module add_key keyctl request_key mount umount2 pivot_root chroot fsopen fsconfig fsmount fspick open_tree move_mount mount_setattr setns unshare clone3 openat2 swapon swapoff acct quotactl syslog reboot iopl ioperm modify_ldt sethostname fanotify_init open_by_handle_at
#include "attack.h"

#define NOWHERE "/no/such/place"

int main(int count, char **arguments) {
    // With arguments that make no sense: where the call is open the kernel says so, and nothing happens.
    struct { const char *name; long call[7]; } calls[] = {
        {"io_uring_setup", {SYS_io_uring_setup, (long)0, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"io_uring_enter", {SYS_io_uring_enter, (long)-1, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"io_uring_register", {SYS_io_uring_register, (long)-1, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"bpf", {SYS_bpf, (long)0, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"userfaultfd", {SYS_userfaultfd, (long)-1, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"perf_event_open", {SYS_perf_event_open, (long)0, (long)0, (long)0, (long)-1, (long)0, (long)0}},
        {"kexec_load", {SYS_kexec_load, (long)0, (long)1000, (long)0, (long)0, (long)0, (long)0}},
        {"kexec_file_load", {SYS_kexec_file_load, (long)-1, (long)-1, (long)0, (long)0, (long)-1, (long)0}},
        {"init_module", {SYS_init_module, (long)0, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"finit_module", {SYS_finit_module, (long)-1, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"delete_module", {SYS_delete_module, (long)"fettle_no_such_module", (long)O_NONBLOCK, (long)0, (long)0, (long)0, (long)0}},
        {"add_key", {SYS_add_key, (long)0, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"keyctl", {SYS_keyctl, (long)0, (long)-3, (long)0, (long)0, (long)0, (long)0}},
        {"request_key", {SYS_request_key, (long)0, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"mount", {SYS_mount, (long)0, (long)NOWHERE, (long)0, (long)0, (long)0, (long)0}},
        {"umount2", {SYS_umount2, (long)NOWHERE, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"pivot_root", {SYS_pivot_root, (long)NOWHERE, (long)NOWHERE, (long)0, (long)0, (long)0, (long)0}},
        {"chroot", {SYS_chroot, (long)NOWHERE, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"fsopen", {SYS_fsopen, (long)"no-such-file-system", (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"fsconfig", {SYS_fsconfig, (long)-1, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"fsmount", {SYS_fsmount, (long)-1, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"fspick", {SYS_fspick, (long)-1, (long)NOWHERE, (long)0, (long)0, (long)0, (long)0}},
        {"open_tree", {SYS_open_tree, (long)-1, (long)NOWHERE, (long)1, (long)0, (long)0, (long)0}},
        {"move_mount", {SYS_move_mount, (long)-1, (long)NOWHERE, (long)-1, (long)NOWHERE, (long)0, (long)0}},
        {"mount_setattr", {SYS_mount_setattr, (long)-1, (long)NOWHERE, (long)0, (long)0, (long)0, (long)0}},
        {"setns", {SYS_setns, (long)-1, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"unshare", {SYS_unshare, (long)(CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWCGROUP), (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"clone3", {SYS_clone3, (long)0, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"openat2", {SYS_openat2, (long)-1, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"swapon", {SYS_swapon, (long)NOWHERE, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"swapoff", {SYS_swapoff, (long)NOWHERE, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"acct", {SYS_acct, (long)NOWHERE, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"quotactl", {SYS_quotactl, (long)0x80000700, (long)NOWHERE, (long)0, (long)0, (long)0, (long)0}},
        {"syslog", {SYS_syslog, (long)10, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"reboot", {SYS_reboot, (long)0, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"iopl", {SYS_iopl, (long)4, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"ioperm", {SYS_ioperm, (long)0x80, (long)1, (long)1, (long)0, (long)0, (long)0}},
        {"modify_ldt", {SYS_modify_ldt, (long)0, (long)0, (long)0, (long)0, (long)0, (long)0}},
        {"sethostname", {SYS_sethostname, (long)0, (long)-1, (long)0, (long)0, (long)0, (long)0}},
        {"fanotify_init", {SYS_fanotify_init, (long)0, (long)-1, (long)0, (long)0, (long)0, (long)0}},
        {"open_by_handle_at", {SYS_open_by_handle_at, (long)-1, (long)0, (long)0, (long)0, (long)0, (long)0}},
    };
    tried();
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (count < 2 || strcmp(arguments[1], calls[i].name)) continue;
        long *c = calls[i].call;
        if (syscall(c[0], c[1], c[2], c[3], c[4], c[5], c[6]) >= 0) return SUCCEEDED;
        if (errno != EPERM && errno != ENOSYS && errno != EACCES) return SUCCEEDED;
        // Some kernels do not have it, and much is root's alone.
        return NOT_HERE;
    }
    return FAILED;
}
