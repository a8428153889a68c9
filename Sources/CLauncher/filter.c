#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <sched.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
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

// Written by hand and not with libseccomp, for three things that Debian 12's (2.5.4) does not do: it refuses every call
// above the newest known one, though libseccomp has no name for it; it runs inside a static init, where there is no
// library to load; and what it looks at in an argument is the half that the kernel looks at. ProcessAttackTests and
// FilterTests try each rule.

enum test { ALWAYS, HAS_BITS, IS };
/// Groups that a profile can allow, by the names of SystemCallGroup; NEVER is not one of them.
enum group { NEVER, DEBUGGING, FAULTS, NUMA };
static const char *const group_names[] = {[DEBUGGING] = "debugging", [FAULTS] = "faults", [NUMA] = "numa"};

/// Refuse `call` with `error` when the low half of its argument passes the test. The upper half is not looked at:
/// every argument tested here is one of 32 bits to the kernel, whatever a program puts above them (CVE-2019-10063).
struct rule {
    int call, error;
    enum test test;
    int argument;
    unsigned int value;
    enum group group;
};

#define NAMESPACES \
    (CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP)
#define SETID (S_ISUID | S_ISGID)

static const struct rule rules[] = {
    // io_uring does files and sockets without the calls that a filter sees.
    {SYS_io_uring_setup, ENOSYS, ALWAYS, 0, 0, NEVER},
    {SYS_io_uring_enter, ENOSYS, ALWAYS, 0, 0, NEVER},
    {SYS_io_uring_register, ENOSYS, ALWAYS, 0, 0, NEVER},
    // clone3 and openat2 keep their flags in memory, out of our sight; C libraries then use clone and openat.
    {SYS_clone3, ENOSYS, ALWAYS, 0, 0, NEVER},
    {SYS_openat2, ENOSYS, ALWAYS, 0, 0, NEVER},
    // A new namespace would bring capabilities, and with them the rarely used parts of the kernel.
    {SYS_clone, EPERM, HAS_BITS, 0, NAMESPACES, NEVER},
    {SYS_unshare, EPERM, HAS_BITS, 0, NAMESPACES | 0x80 /* CLONE_NEWTIME */, NEVER},
    {SYS_setns, EPERM, ALWAYS, 0, 0, NEVER},
    // The walls are mounts.
    {SYS_mount, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_umount2, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_pivot_root, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_chroot, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_open_tree, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_move_mount, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_fsopen, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_fsconfig, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_fsmount, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_fspick, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_mount_setattr, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_open_by_handle_at, EPERM, ALWAYS, 0, 0, NEVER},
    // Keyrings belong to the user outside, no namespace parts them.
    {SYS_add_key, ENOSYS, ALWAYS, 0, 0, NEVER},
    {SYS_request_key, ENOSYS, ALWAYS, 0, 0, NEVER},
    {SYS_keyctl, ENOSYS, ALWAYS, 0, 0, NEVER},
    // No test needs these, and many ways out of a sandbox began with one of them.
    {SYS_bpf, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_perf_event_open, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_kexec_load, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_kexec_file_load, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_init_module, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_finit_module, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_delete_module, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_syslog, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_quotactl, EPERM, ALWAYS, 0, 0, NEVER},
    {443 /* quotactl_fd */, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_fanotify_init, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_lookup_dcookie, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_vhangup, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_clock_settime, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_settimeofday, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_acct, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_swapon, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_swapoff, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_reboot, EPERM, ALWAYS, 0, 0, NEVER},
    // Pushing characters into a terminal.
    {SYS_ioctl, EPERM, IS, 1, TIOCSTI, NEVER},
    {SYS_ioctl, EPERM, IS, 1, 0x541C /* TIOCLINUX */, NEVER},
    // Init has the program's user: its limits and its share of the processor are not the program's to set.
    {SYS_prlimit64, EPERM, IS, 0, 1, NEVER},
    {SYS_sched_setaffinity, EPERM, IS, 0, 1, NEVER},
    {SYS_sched_setscheduler, EPERM, IS, 0, 1, NEVER},
    {SYS_sched_setattr, EPERM, IS, 0, 1, NEVER},
    {SYS_sched_setparam, EPERM, IS, 0, 1, NEVER},
    {SYS_setpriority, EPERM, IS, 1, 1, NEVER},
    {SYS_setpriority, EPERM, IS, 0, PRIO_USER, NEVER},
    {SYS_ioprio_set, EPERM, IS, 1, 1, NEVER},
    {SYS_ioprio_set, EPERM, IS, 0, 3 /* IOPRIO_WHO_USER */, NEVER},
    // Other processes of the same run are open to a program that debugs, and only to such a one.
    {SYS_ptrace, EPERM, ALWAYS, 0, 0, DEBUGGING},
    {SYS_process_vm_readv, EPERM, ALWAYS, 0, 0, DEBUGGING},
    {SYS_process_vm_writev, EPERM, ALWAYS, 0, 0, DEBUGGING},
    {SYS_kcmp, EPERM, ALWAYS, 0, 0, DEBUGGING},
    {438 /* pidfd_getfd */, EPERM, ALWAYS, 0, 0, DEBUGGING},
    // Holding the kernel up in the middle of a copy makes its races easy to win.
    {SYS_userfaultfd, EPERM, ALWAYS, 0, 0, FAULTS},
    {SYS_mbind, EPERM, ALWAYS, 0, 0, NUMA},
    {SYS_set_mempolicy, EPERM, ALWAYS, 0, 0, NUMA},
    {SYS_migrate_pages, EPERM, ALWAYS, 0, 0, NUMA},
    {SYS_move_pages, EPERM, ALWAYS, 0, 0, NUMA},
    // What the program writes belongs to a real user outside, to root even: no set-user-id file may come of it.
    {SYS_fchmod, EPERM, HAS_BITS, 1, SETID, NEVER},
    {SYS_fchmodat, EPERM, HAS_BITS, 2, SETID, NEVER},
    {SYS_fchmodat2_, EPERM, HAS_BITS, 2, SETID, NEVER},
    {SYS_mknodat, EPERM, HAS_BITS, 2, SETID, NEVER},
#if defined(__x86_64__)
    {SYS_chmod, EPERM, HAS_BITS, 1, SETID, NEVER},
    {SYS_mknod, EPERM, HAS_BITS, 1, SETID, NEVER},
    {SYS_creat, EPERM, HAS_BITS, 1, SETID, NEVER},
    {SYS_iopl, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_ioperm, EPERM, ALWAYS, 0, 0, NEVER},
    {SYS_modify_ldt, EPERM, ALWAYS, 0, 0, NEVER},
#endif
};

enum { RULES = sizeof rules / sizeof *rules, CAPACITY = 16 + 5 * RULES + 140 };

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

/// Only the families that an empty network namespace holds: AF_VSOCK, for one, reaches the hypervisor through it. Of
/// AF_INET only TCP, UDP and ping: naming a rarer protocol (SCTP, DCCP) makes the kernel load its module.
static void add_socket(struct code *code, int call) {
    static const unsigned int protocols[] = {0, IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMPV6};
    add(code, BPF_JMP | BPF_JEQ | BPF_K, call, 0, 19);
    load_argument(code, 0);
    add(code, BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 16, 0);
    // Netlink for the list of interfaces only (protocol 0, NETLINK_ROUTE).
    add(code, BPF_JMP | BPF_JEQ | BPF_K, AF_NETLINK, 0, 2);
    load_argument(code, 2);
    add(code, BPF_JMP | BPF_JEQ | BPF_K, 0, 13, 12);
    add(code, BPF_JMP | BPF_JEQ | BPF_K, AF_INET, 1, 0);
    add(code, BPF_JMP | BPF_JEQ | BPF_K, AF_INET6, 0, 10);
    load_argument(code, 1);
    add(code, BPF_ALU | BPF_AND | BPF_K, 0xf, 0, 0); // without SOCK_CLOEXEC and SOCK_NONBLOCK
    add(code, BPF_JMP | BPF_JEQ | BPF_K, SOCK_STREAM, 1, 0);
    add(code, BPF_JMP | BPF_JEQ | BPF_K, SOCK_DGRAM, 0, 6);
    load_argument(code, 2);
    for (int i = 0; i < 5; i++) add(code, BPF_JMP | BPF_JEQ | BPF_K, protocols[i], 5 - i, 0);
    finish(code, refusal(EAFNOSUPPORT));
    load_call(code);
}

/// Turning off address randomisation is for debuggers, and making all that can be read executable for nobody.
static void add_personality(struct code *code, bool debugging) {
    static const unsigned int harmless[] = {0, 8, 0x20000, 0x20008, 0xffffffff /* asks */, 0x0040000, 0x0040008};
    int count = debugging ? 7 : 5;
    add(code, BPF_JMP | BPF_JEQ | BPF_K, SYS_personality, 0, count + 3);
    load_argument(code, 0);
    for (int i = 0; i < count; i++) add(code, BPF_JMP | BPF_JEQ | BPF_K, harmless[i], count - i, 0);
    finish(code, refusal(EPERM));
    load_call(code);
}

/// Where the host pipes cores to a handler of its own (core(5)), only a limit of one byte keeps the kernel from starting it.
/// Whoever asks for another is told that he got it: sanitizers give up when they are refused, and no core is written anyway.
static void add_core_limit(struct code *code) {
    char pattern[2];
    if (!read_text("/proc/sys/kernel/core_pattern", pattern, sizeof pattern) || *pattern != '|') return;
    add(code, BPF_JMP | BPF_JEQ | BPF_K, SYS_setrlimit, 0, 4);
    load_argument(code, 0);
    add(code, BPF_JMP | BPF_JEQ | BPF_K, RLIMIT_CORE, 0, 1);
    finish(code, refusal(0));
    load_call(code);
    add(code, BPF_JMP | BPF_JEQ | BPF_K, SYS_prlimit64, 0, 8);
    load_argument(code, 1);
    add(code, BPF_JMP | BPF_JEQ | BPF_K, RLIMIT_CORE, 0, 5);
    // A pointer to a new value, whichever half of it is not zero.
    load_argument(code, 2);
    add(code, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 2);
    load(code, offsetof(struct seccomp_data, args) + 2 * sizeof(uint64_t) + sizeof(uint32_t));
    add(code, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0);
    finish(code, refusal(0));
    load_call(code);
}

static bool has(char **list, const char *name) {
    for (; *list; list++)
        if (!strcmp(*list, name)) return true;
    return false;
}

bool filter_install(char **allowed) {
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
    for (int i = 0; i < RULES; i++)
        if (rules[i].group == NEVER || !has(allowed, group_names[rules[i].group])) add_rule(&code, &rules[i]);
    // Without a network namespace (the Landlock tier) there is no socket to give at all.
    if (has(allowed, FILTER_NO_SOCKETS)) add_rule(&code, &(struct rule){SYS_socket, EACCES, ALWAYS, 0, 0, NEVER});
    else add_socket(&code, SYS_socket);
    add_socket(&code, SYS_socketpair);
    add_core_limit(&code);
    add_personality(&code, has(allowed, group_names[DEBUGGING]));
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
