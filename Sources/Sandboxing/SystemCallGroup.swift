/// System calls that the filter refuses unless a profile allows them, under `system-calls: [NAME]`.
package enum SystemCallGroup: String, Sendable, Hashable, CaseIterable {
    /// `ptrace`, `process_vm_readv` and `process_vm_writev`, `kcmp`, `pidfd_getfd`, and `personality` to turn off address
    /// randomisation: what gdb, lldb, strace and leak checkers do to other processes of the same run.
    case debugging
    /// `userfaultfd`: some collectors and emulators.
    case faults
    /// `mbind`, `set_mempolicy`, `migrate_pages`, `move_pages`: where memory lies on machines with several processors.
    case numa
}
