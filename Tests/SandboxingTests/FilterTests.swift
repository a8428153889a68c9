import Glibc
import Sandboxing
import Testing

/// Each rule of the system-call filter, tried.
@Suite("The system-call filter", .takingTurns, .enabled(if: Fixture.hasPython, "no /usr/bin/python3"))
struct FilterTests {
    #if arch(x86_64)
        @Test("a call of the x32 ABI kills")
        func x32() async throws {
            let result = try await call("0x40000000 + 39")
            #expect(result.ending == .signalled(SIGSYS, core: false))
        }

        @Test("a call of the 32-bit ABI kills")
        func i386() async throws {
            let result = try await Fixture().python(
                """
                import ctypes, mmap
                page = mmap.mmap(-1, 4096, prot=7)
                page.write(bytes([0xb8, 20, 0, 0, 0, 0xcd, 0x80, 0xc3]))  # mov eax, getpid; int 0x80; ret
                ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
                """)
            #expect(result.ending == .signalled(SIGSYS, core: false))
        }

        @Test(
            "calls that lead round other walls are refused",
            arguments: [
                ("io_uring_setup", 425, ENOSYS), ("io_uring_enter", 426, ENOSYS), ("clone3", 435, ENOSYS),
                ("openat2", 437, ENOSYS), ("keyctl", 250, ENOSYS), ("add_key", 248, ENOSYS),
                ("request_key", 249, ENOSYS), ("bpf", 321, EPERM), ("userfaultfd", 323, EPERM),
                ("perf_event_open", 298, EPERM), ("mount", 165, EPERM), ("umount2", 166, EPERM),
                ("pivot_root", 155, EPERM), ("chroot", 161, EPERM), ("open_tree", 428, EPERM),
                ("move_mount", 429, EPERM), ("fsopen", 430, EPERM), ("fsconfig", 431, EPERM), ("fsmount", 432, EPERM),
                ("fspick", 433, EPERM), ("mount_setattr", 442, EPERM), ("setns", 308, EPERM),
                ("open_by_handle_at", 304, EPERM), ("ptrace", 101, EPERM), ("process_vm_readv", 310, EPERM),
                ("process_vm_writev", 311, EPERM), ("kcmp", 312, EPERM), ("pidfd_getfd", 438, EPERM),
                ("init_module", 175, EPERM), ("finit_module", 313, EPERM), ("delete_module", 176, EPERM),
                ("kexec_load", 246, EPERM), ("kexec_file_load", 320, EPERM), ("syslog", 103, EPERM),
                ("quotactl", 179, EPERM), ("quotactl_fd", 443, EPERM), ("fanotify_init", 300, EPERM),
                ("acct", 163, EPERM), ("swapon", 167, EPERM), ("reboot", 169, EPERM), ("iopl", 172, EPERM),
                ("ioperm", 173, EPERM), ("modify_ldt", 154, EPERM), ("mbind", 237, EPERM),
                ("set_mempolicy", 238, EPERM), ("clock_settime", 227, EPERM),
            ])
        func refused(name: String, number: Int, error: Int32) async throws {
            let result = try await call("\(number)")
            #expect(result.standardOutput.text == "-1 \(error)\n", "\(name)")
        }

        @Test("calls that are newer than the filter are refused", arguments: [457, 467, 500, 1000, 0x3fff_ffff])
        func unknown(number: Int) async throws {
            #expect(try await call("\(number)").standardOutput.text == "-1 \(ENOSYS)\n")
        }

        @Test("terminals, personalities, namespaces and init's limits by their arguments")
        func arguments() async throws {
            let result = try await Fixture().python(
                """
                import ctypes
                libc = ctypes.CDLL(None, use_errno=True)
                def attempt(*words):
                    ctypes.set_errno(0)
                    return libc.syscall(*[ctypes.c_long(word) for word in words]), ctypes.get_errno()
                refused = {
                    "TIOCSTI": (16, 0, 0x5412, 0), "TIOCLINUX": (16, 0, 0x541c, 0), "TIOCSTI, high half": (16, 0, 0x100005412, 0),
                    "no randomisation": (135, 0x40000), "read implies execute": (135, 0x400000),
                    "clone": (56, 0x10000000 | 17, 0, 0, 0, 0), "unshare user": (272, 0x10000000), "unshare time": (272, 0x80),
                    "prlimit": (302, 1, 0, 0, 0), "affinity": (203, 1, 8, 0), "priority": (141, 0, 1, 19),
                    "priority of the user": (141, 2, 0, 19), "io priority": (251, 1, 1, 0), "param": (142, 1, 0),
                }
                for name, words in refused.items():
                    if attempt(*words) != (-1, 1): print("open:", name, attempt(*words))
                for persona in [0, 8, 0x20000, 0xffffffff]:
                    if attempt(135, persona)[0] < 0: print("closed: personality", persona)
                """)
            #expect(result.standardOutput.text == "", "\(result.standardError.text)")
        }

        @Test("debugging calls are open to a profile that allows them, and init is not their prey")
        func debugging() async throws {
            let script = """
                import ctypes, os, signal
                libc = ctypes.CDLL(None, use_errno=True)
                child = os.fork()
                if child == 0:
                    while True: signal.pause()
                print(libc.ptrace(0x4206, child, 0, 0), libc.ptrace(0x4206, 1, 0, 0), libc.syscall(135, 0x40000) >= 0)
                """
            let closed = try await Fixture().python(script)
            #expect(closed.standardOutput.text == "-1 -1 False\n")
            let open = try await Fixture().python(script) { $0.allowedCalls = [.debugging] }
            #expect(open.standardOutput.text == "0 -1 True\n", "\(open.standardError.text)")
        }
    #endif

    @Test("only harmless socket families and protocols can be had")
    func sockets() async throws {
        let result = try await Fixture().python(
            """
            import socket
            opened = []
            for family in range(1, 46):
                for kind in range(1, 11):
                    for protocol in [0, 1, 6, 17, 33, 58, 115, 132, 136, 255, 262]:
                        try:
                            socket.socket(family, kind, protocol).close()
                            opened.append((family, kind, protocol))
                        except OSError: pass
            print(sorted(set(family for family, _, _ in opened)), sorted(set(p for f, _, p in opened if f in (2, 10))))
            """)
        let families = result.standardOutput.text
        #expect(families.hasPrefix("[1, 2, 10, 16] "), "\(families)\(result.standardError.text)")
        for protocolNumber in ["33", "115", "132", "136", "255", "262"] {
            #expect(!families.contains(protocolNumber), "\(families)")
        }
    }

    private func call(_ number: String) async throws -> CommandResult {
        try await Fixture().python(
            """
            import ctypes
            libc = ctypes.CDLL(None, use_errno=True)
            print(libc.syscall(ctypes.c_long(\(number)), 0, 0, 0, 0, 0, 0), ctypes.get_errno())
            """)
    }
}
