#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "the filter does not know this architecture"
#endif

#define SYS_fchmodat2_ 452
/// The newest call that was looked at. A later one may open files or make mounts in ways that no rule here sees.
#define NEWEST_KNOWN_CALL 456

enum test { ALWAYS, HAS_BITS, IS };

/// Refuse `call` with `error` when the low half of its argument passes the test. The upper half is not looked at:
/// every argument tested here is one of 32 bits to the kernel, whatever a program puts above them (CVE-2019-10063).
struct rule {
    int call, error;
    enum test test;
    int argument;
    unsigned int value;
};

#define NAMESPACES \
    (CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP)
#define SETID (S_ISUID | S_ISGID)

static const struct rule rules[] = {
    // io_uring does files and sockets without the calls that a filter sees.
    {SYS_io_uring_setup, ENOSYS, ALWAYS, 0, 0},
    {SYS_io_uring_enter, ENOSYS, ALWAYS, 0, 0},
    {SYS_io_uring_register, ENOSYS, ALWAYS, 0, 0},
    // clone3 and openat2 keep their flags in memory, out of our sight; C libraries then use clone and openat.
    {SYS_clone3, ENOSYS, ALWAYS, 0, 0},
    {SYS_openat2, ENOSYS, ALWAYS, 0, 0},
    // A new namespace would bring capabilities, and with them the rarely used parts of the kernel.
    {SYS_clone, EPERM, HAS_BITS, 0, NAMESPACES},
    {SYS_unshare, EPERM, HAS_BITS, 0, NAMESPACES},
    {SYS_setns, EPERM, ALWAYS, 0, 0},
    // The walls are mounts.
    {SYS_mount, EPERM, ALWAYS, 0, 0},
    {SYS_umount2, EPERM, ALWAYS, 0, 0},
    {SYS_pivot_root, EPERM, ALWAYS, 0, 0},
    {SYS_chroot, EPERM, ALWAYS, 0, 0},
    {SYS_open_tree, EPERM, ALWAYS, 0, 0},
    {SYS_move_mount, EPERM, ALWAYS, 0, 0},
    {SYS_fsopen, EPERM, ALWAYS, 0, 0},
    {SYS_fsconfig, EPERM, ALWAYS, 0, 0},
    {SYS_fsmount, EPERM, ALWAYS, 0, 0},
    {SYS_fspick, EPERM, ALWAYS, 0, 0},
    {SYS_mount_setattr, EPERM, ALWAYS, 0, 0},
    {SYS_open_by_handle_at, EPERM, ALWAYS, 0, 0},
    // Keyrings belong to the user outside, no namespace parts them.
    {SYS_add_key, ENOSYS, ALWAYS, 0, 0},
    {SYS_request_key, ENOSYS, ALWAYS, 0, 0},
    {SYS_keyctl, ENOSYS, ALWAYS, 0, 0},
    // No test needs these, and many ways out of a sandbox began with one of them.
    {SYS_bpf, EPERM, ALWAYS, 0, 0},
    {SYS_perf_event_open, EPERM, ALWAYS, 0, 0},
    {SYS_userfaultfd, EPERM, ALWAYS, 0, 0},
    {SYS_kexec_load, EPERM, ALWAYS, 0, 0},
    {SYS_kexec_file_load, EPERM, ALWAYS, 0, 0},
    {SYS_init_module, EPERM, ALWAYS, 0, 0},
    {SYS_finit_module, EPERM, ALWAYS, 0, 0},
    {SYS_delete_module, EPERM, ALWAYS, 0, 0},
    {SYS_syslog, EPERM, ALWAYS, 0, 0},
    {SYS_quotactl, EPERM, ALWAYS, 0, 0},
    {SYS_acct, EPERM, ALWAYS, 0, 0},
    {SYS_swapon, EPERM, ALWAYS, 0, 0},
    {SYS_swapoff, EPERM, ALWAYS, 0, 0},
    {SYS_reboot, EPERM, ALWAYS, 0, 0},
    // Pushing characters into a terminal.
    {SYS_ioctl, EPERM, IS, 1, TIOCSTI},
    {SYS_ioctl, EPERM, IS, 1, 0x541C /* TIOCLINUX */},
    // Init has the program's user: its limits and its share of the processor are not the program's to set.
    {SYS_prlimit64, EPERM, IS, 0, 1},
    {SYS_sched_setaffinity, EPERM, IS, 0, 1},
    {SYS_sched_setscheduler, EPERM, IS, 0, 1},
    {SYS_sched_setattr, EPERM, IS, 0, 1},
    // What the program writes belongs to a real user outside, to root even: no set-user-id file may come of it.
    {SYS_fchmod, EPERM, HAS_BITS, 1, SETID},
    {SYS_fchmodat, EPERM, HAS_BITS, 2, SETID},
    {SYS_fchmodat2_, EPERM, HAS_BITS, 2, SETID},
    {SYS_mknodat, EPERM, HAS_BITS, 2, SETID},
#if defined(__x86_64__)
    {SYS_chmod, EPERM, HAS_BITS, 1, SETID},
    {SYS_mknod, EPERM, HAS_BITS, 1, SETID},
    {SYS_creat, EPERM, HAS_BITS, 1, SETID},
    {SYS_iopl, EPERM, ALWAYS, 0, 0},
    {SYS_ioperm, EPERM, ALWAYS, 0, 0},
    {SYS_modify_ldt, EPERM, ALWAYS, 0, 0},
#endif
};

enum { RULES = sizeof rules / sizeof *rules, CAPACITY = 16 + 5 * RULES + 40 };

struct code {
    struct sock_filter instruction[CAPACITY];
    unsigned short count;
};

static void add(struct code *code, unsigned short operation, unsigned int value, unsigned char yes, unsigned char no) {
    if (code->count < CAPACITY) code->instruction[code->count++] = (struct sock_filter){operation, yes, no, value};
}

static void load(struct code *code, size_t offset) { add(code, BPF_LD | BPF_W | BPF_ABS, offset, 0, 0); }
static void load_call(struct code *code) { load(code, offsetof(struct seccomp_data, nr)); }
static void load_argument(struct code *code, int index) {
    load(code, offsetof(struct seccomp_data, args) + index * sizeof(uint64_t)); // the low half: little-endian
}
static void finish(struct code *code, unsigned int action) { add(code, BPF_RET | BPF_K, action, 0, 0); }
static unsigned int refusal(int error) { return SECCOMP_RET_ERRNO | error; }

static void add_rule(struct code *code, const struct rule *rule) {
    if (rule->test == ALWAYS) {
        add(code, BPF_JMP | BPF_JEQ | BPF_K, rule->call, 0, 1);
        finish(code, refusal(rule->error));
        return;
    }
    add(code, BPF_JMP | BPF_JEQ | BPF_K, rule->call, 0, 4);
    load_argument(code, rule->argument);
    add(code, BPF_JMP | (rule->test == IS ? BPF_JEQ : BPF_JSET) | BPF_K, rule->value, 0, 1);
    finish(code, refusal(rule->error));
    load_call(code);
}

/// A file can be made set-user-id when it is created, too; the mode counts only where the flags ask for creation.
static void add_open(struct code *code, int call, int flags, int mode) {
    add(code, BPF_JMP | BPF_JEQ | BPF_K, call, 0, 6);
    load_argument(code, flags);
    add(code, BPF_JMP | BPF_JSET | BPF_K, O_CREAT | (O_TMPFILE & ~O_DIRECTORY), 0, 3);
    load_argument(code, mode);
    add(code, BPF_JMP | BPF_JSET | BPF_K, SETID, 0, 1);
    finish(code, refusal(EPERM));
    load_call(code);
}

/// Only the families that an empty network namespace holds: AF_VSOCK, for one, reaches the hypervisor through it.
static void add_socket(struct code *code, int call) {
    static const unsigned int families[] = {AF_UNIX, AF_INET, AF_INET6};
    add(code, BPF_JMP | BPF_JEQ | BPF_K, call, 0, 10);
    load_argument(code, 0);
    for (int i = 0; i < 3; i++) add(code, BPF_JMP | BPF_JEQ | BPF_K, families[i], 6 - i, 0);
    // Netlink for the list of interfaces only (protocol 0, NETLINK_ROUTE).
    add(code, BPF_JMP | BPF_JEQ | BPF_K, AF_NETLINK, 0, 2);
    load_argument(code, 2);
    add(code, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0);
    finish(code, refusal(EAFNOSUPPORT));
    add(code, BPF_JMP | BPF_JA, 0, 0, 0);
    load_call(code);
}

bool filter_install(void) {
    struct code code = {.count = 0};
    load(&code, offsetof(struct seccomp_data, arch));
    add(&code, BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
    finish(&code, SECCOMP_RET_KILL_PROCESS);
    load_call(&code);
#if defined(__x86_64__)
    // The x32 calls are the same ones under other numbers.
    add(&code, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
    finish(&code, SECCOMP_RET_KILL_PROCESS);
#endif
    add(&code, BPF_JMP | BPF_JGT | BPF_K, NEWEST_KNOWN_CALL, 0, 1);
    finish(&code, refusal(ENOSYS));
    for (int i = 0; i < RULES; i++) add_rule(&code, &rules[i]);
    add_socket(&code, SYS_socket);
    add_socket(&code, SYS_socketpair);
    add_open(&code, SYS_openat, 2, 3);
#if defined(__x86_64__)
    add_open(&code, SYS_open, 1, 2);
#endif
    finish(&code, SECCOMP_RET_ALLOW);
    if (code.count == CAPACITY) {
        errno = E2BIG;
        return false;
    }
    struct sock_fprog program = {code.count, code.instruction};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}
