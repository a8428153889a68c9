import Glibc
import Sandboxing
import Testing

@Suite("Attacks on processes, the network and the kernel", .takingTurns)
struct ProcessAttackTests {
    @Test("the program is not the kernel's root, whoever started it")
    func user() async throws {
        let fixture = try Fixture()
        let result = try await fixture.shell("id -u; sleep 0.4 & wait")
        #expect(result.standardOutput.text == "1000\n")
    }

    @Test("only its own processes are there")
    func processes() async throws {
        let result = try await Fixture().shell(
            "ls /proc | grep -c '^[0-9]*$'; kill -9 \(getpid()); kill -9 \(getppid())")
        #expect((Int(result.standardOutput.text.split(separator: "\n").first ?? "") ?? 99) < 8)
    }

    @Test(
        "init can be neither killed, traced, read nor limited", .enabled(if: Fixture.hasPython, "no /usr/bin/python3"))
    func initProcess() async throws {
        let result = try await Fixture().python(
            """
            import ctypes, os, resource, signal
            libc = ctypes.CDLL(None, use_errno=True)
            for number in range(1, 65):
                try: os.kill(1, number)
                except OSError: pass
            print(libc.ptrace(16, 1, 0, 0), libc.ptrace(0x4206, 1, 0, 0))
            for action in [lambda: os.listdir("/proc/1/fd"), lambda: open("/proc/1/mem"), lambda: open("/proc/1/environ").read(),
                           lambda: resource.prlimit(1, resource.RLIMIT_CPU, (0, 0)), lambda: os.sched_setaffinity(1, [0]),
                           lambda: os.pidfd_open(1) and libc.syscall(438, os.pidfd_open(1), 3, 0) >= 0 or 1 / 0]:
                try: print("broken", action())
                except Exception as error: print("held")
            os.sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGKILL)
            """)
        #expect(result.standardOutput.text == "-1 -1\n" + String(repeating: "held\n", count: 6))
        #expect(result.ending == .signalled(SIGKILL, core: false))
    }

    @Test(
        "a program cannot forge how it ended: no descriptor but its three is open",
        .enabled(if: Fixture.hasPython, "no /usr/bin/python3"))
    func descriptors() async throws {
        let result = try await Fixture().shell(
            "ls -l /proc/self/fd | grep -c -e socket -e memfd; ls /proc/self/fd | wc -l")
        #expect(result.standardOutput.text == "0\n4\n")
    }

    @Test("there is no network but the loopback", .enabled(if: Fixture.hasPython, "no /usr/bin/python3"))
    func network() async throws {
        let result = try await Fixture().python(
            """
            import socket
            print([name for _, name in socket.if_nameindex()])
            for family, address in [(socket.AF_INET, ("1.1.1.1", 53)), (socket.AF_INET6, ("2606:4700::1111", 53))]:
                try: socket.socket(family, socket.SOCK_DGRAM).connect(address); print("broken")
                except OSError: print("held")
            for family in [40, 17, 38, 16]:
                try: socket.socket(family, socket.SOCK_DGRAM, 15 if family == 16 else 0); print("broken", family)
                except OSError: print("held")
            server = socket.create_server(("127.0.0.1", 0))
            socket.create_connection(server.getsockname())
            print("loopback")
            """)
        #expect(result.standardOutput.text == "['lo']\n" + String(repeating: "held\n", count: 6) + "loopback\n")
    }

    @Test("the number of processes is bounded", .enabled(if: Fixture.hasPython, "no /usr/bin/python3"))
    func processLimit() async throws {
        let result = try await Fixture().python(
            """
            import os, time
            count = 0
            try:
                while count < 200:
                    if os.fork() == 0: time.sleep(100)
                    count += 1
            except OSError: pass
            print(count)
            """
        ) { $0.limits.processes = 32 }
        #expect((Int(result.standardOutput.text.filter(\.isNumber)) ?? 999) <= 32)
    }

    @Test(
        "system calls that lead round the walls are refused", .enabled(if: Fixture.hasPython, "no /usr/bin/python3"),
        arguments: [
            ("io_uring_setup", 425), ("bpf", 321), ("userfaultfd", 323), ("perf_event_open", 298), ("keyctl", 250),
            ("clone3", 435),
        ])
    func systemCall(name: String, number: Int) async throws {
        let result = try await Fixture().python(
            """
            import ctypes
            libc = ctypes.CDLL(None, use_errno=True)
            print(libc.syscall(\(number), 0, 0, 0, 0, 0), ctypes.get_errno())
            """)
        #expect(result.standardOutput.text == "-1 38\n" || result.standardOutput.text == "-1 1\n", "\(name)")
    }

    @Test("the user's environment does not come along")
    func environment() async throws {
        try await Underling.runAlone(
            "ProcessAttackTests/inOwnEnvironment", environment: ["FETTLE_TEST_TOKEN": "secret"])
    }

    /// Not a test of its own: what ``environment()`` runs in another process, since changing our own environment would
    /// pull it from under the tests beside this one.
    @Test("in an environment of its own", .enabled(if: Underling.isAlone, "started by another test"))
    func inOwnEnvironment() async throws {
        #expect(HostEnvironment.current["FETTLE_TEST_TOKEN"] == "secret")
        let fixture = try Fixture()
        let result = try await fixture.run(["env"], environment: ["GIVEN": "yes"])
        #expect(!result.standardOutput.text.contains("secret"))
        #expect(result.standardOutput.text.contains("GIVEN=yes\n"))
        #expect(result.standardOutput.text.contains("HOME=/home/fettle\n"))
    }

    @Test("standard input is empty and there is no terminal")
    func input() async throws {
        let result = try await Fixture().shell("cat; tty; : < /dev/tty")
        #expect(result.standardOutput.text == "not a tty\n")
    }
}
