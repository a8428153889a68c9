// attack: change the kernel's settings
// outside: succeeds as root
#include "attack.h"

int main(void) {
    tried();
    // Opened only.
    static const char *const settings[] = {
        "kernel/core_pattern", "kernel/modprobe", "kernel/hotplug", "kernel/randomize_va_space", "kernel/hostname",
        "kernel/kptr_restrict", "kernel/dmesg_restrict", "kernel/panic", "kernel/sysrq", "kernel/poweroff_cmd", "vm/panic_on_oom",
        "vm/drop_caches", "vm/overcommit_memory", "fs/file-max", "fs/protected_symlinks", "fs/binfmt_misc/register",
        "kernel/unprivileged_bpf_disabled", "net/ipv4/ip_forward", "user/max_user_namespaces", "kernel/yama/ptrace_scope",
    };
    bool any = false;
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        char path[128];
        snprintf(path, sizeof path, "/proc/sys/%s", settings[i]);
        if (opens(path, O_WRONLY)) any = true, puts(path);
    }
    static const char *const others[] = {"/proc/sysrq-trigger", "/proc/irq/default_smp_affinity", "/proc/mtrr", "/proc/scsi/scsi", "/proc/acpi/wakeup",
                                         "/sys/kernel/uevent_helper", "/sys/power/state", "/sys/fs/cgroup/release_agent", "/proc/bus/pci/00/00.0"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (opens(others[i], O_WRONLY)) any = true, puts(others[i]);
    return verdict(any);
}
