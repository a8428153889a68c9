// attack: take the filter off, or lay one over it that allows everything
// outside: succeeds
// each: disable overlay strict user-dispatch
#include "attack.h"
#include <linux/filter.h>
#include <linux/seccomp.h>

int main(int count, char **arguments) {
    tried();
    const char *how = count > 1 ? arguments[1] : "";
    if (!strcmp(how, "disable")) prctl(PR_SET_SECCOMP, SECCOMP_MODE_DISABLED);
    if (!strcmp(how, "overlay")) {
        struct sock_filter allow = {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW};
        struct sock_fprog program = {1, &allow};
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
        syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
    }
    if (!strcmp(how, "strict")) prctl(PR_SET_SECCOMP, 99);
    if (!strcmp(how, "user-dispatch")) prctl(59 /* PR_SET_SYSCALL_USER_DISPATCH */, 0, 0, 0, 0);
    return verdict(unshare(CLONE_NEWUSER) == 0);
}
