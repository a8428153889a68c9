import Glibc
import Sandboxing
import Testing

@Suite("Attacks on files", .takingTurns)
struct FileSystemAttackTests {
    @Test("files of the host beside the worktree are not there")
    func hostFile() async throws {
        let fixture = try Fixture()
        let secret = "\(fixture.outside)/secret"
        let file = try #require(fopen(secret, "w"))
        fclose(file)
        let result = try await fixture.shell("cat \(secret); cat ../outside/secret; ls -a /")
        #expect(result.standardError.text.contains("No such file"))
        #expect(!result.standardOutput.text.contains("old_root"))
        #expect(Set(result.standardOutput.text.split(separator: "\n")).isSubset(of: Self.rootEntries))
    }

    private static let rootEntries: Set<Substring> = [
        ".", "..", "bin", "dev", "etc", "fettle", "home", "lib", "lib32", "lib64", "libx32", "proc", "sbin", "tmp",
        "usr",
        "worktree",
    ]

    @Test("the user's home folder is not there, and HOME is empty and writable")
    func home() async throws {
        let home = String(cString: getpwuid(geteuid())?.pointee.pw_dir ?? getenv("HOME"))
        let result = try await Fixture().shell(
            "ls -A \(home == "/nonexistent" ? "/root" : home); ls -A ~; touch ~/mine && echo yes")
        #expect(result.standardOutput.text == "yes\n")
    }

    @Test(
        "nothing outside the worktree and the temporary folders can be written",
        arguments: [
            "/usr/x", "/etc/x", "/x", "/dev/x", "/fettle/x", "/proc/sys/kernel/core_pattern",
            "/proc/sys/kernel/hostname",
            "/proc/sysrq-trigger", "/etc/passwd", "/usr/bin/env", "/fettle/init", "/proc/1/oom_score_adj",
        ])
    func write(path: String) async throws {
        let result = try await Fixture().shell("echo x > \(path)")
        #expect(result.ending == .exited(2))
    }

    @Test("the worktree, /tmp, HOME and /dev/shm can be written")
    func writable() async throws {
        let fixture = try Fixture()
        let result = try await fixture.shell("for d in . /tmp ~ /dev/shm; do echo x > $d/made || exit 1; done")
        #expect(result.ending == .exited(0), "\(result.standardError.text)")
        #expect(fixture.read("made") == "x\n")
        var status = stat()
        #expect(stat("\(fixture.worktree)/made", &status) == 0 && status.st_uid == geteuid())
    }

    @Test("temporary folders are new in every run and have a size")
    func temporary() async throws {
        let fixture = try Fixture()
        let result = try await fixture.shell("touch /tmp/left; head -c 9M /dev/zero > /tmp/big; stat -c %s /tmp/big") {
            $0.temporarySpace.tmp = 4 << 20
        }
        #expect(result.standardOutput.text == "\(4 << 20)\n")
        #expect(try await fixture.shell("ls /tmp").standardOutput.text == "")
    }

    @Test("a file can only grow to its limit")
    func fileSize() async throws {
        let result = try await Fixture().shell("head -c 9M /dev/zero > big; stat -c %s big") {
            $0.limits.fileSize = 1 << 20
        }
        #expect(result.standardOutput.text == "\(1 << 20)\n")
    }

    @Test("a link that leads out leads nowhere inside")
    func links() async throws {
        let fixture = try Fixture()
        symlink("\(fixture.outside)", "\(fixture.worktree)/out")
        symlink("/root", "\(fixture.worktree)/root")
        let result = try await fixture.shell("ls out/ root/; echo x > out/written")
        #expect(result.standardOutput.text == "")
        #expect(readFile("\(fixture.outside)/written") == nil)
    }

    @Test("mounts cannot be changed", .enabled(if: Fixture.hasPython, "no /usr/bin/python3"))
    func mounts() async throws {
        let result = try await Fixture().python(
            """
            import ctypes
            libc = ctypes.CDLL(None, use_errno=True)
            for args in [(b"none", b"/", None, 0x20 | 0x1000, None), (b"t", b"/tmp", b"tmpfs", 0, None), (b"/", b"/tmp", None, 0x1000, None)]:
                print(libc.mount(*args))
            print(libc.umount2(b"/worktree/.git", 2), libc.unshare(0x10000000), libc.unshare(0x20000), libc.chroot(b"/tmp"))
            """)
        #expect(result.standardOutput.text == "-1\n-1\n-1\n-1 -1 -1 -1\n")
    }

    @Test("no file becomes set-user-id, however it is tried", .enabled(if: Fixture.hasPython, "no /usr/bin/python3"))
    func setUserID() async throws {
        let fixture = try Fixture()
        let result = try await fixture.python(
            """
            import os
            os.umask(0)
            def attempt(action):
                try: action()
                except OSError: pass
            attempt(lambda: os.close(os.open("a", os.O_CREAT | os.O_WRONLY, 0o4755)))
            attempt(lambda: os.mknod("b", 0o104755))
            open("c", "w").close()
            attempt(lambda: os.chmod("c", 0o4755))
            attempt(lambda: os.chmod("c", 0o2755))
            attempt(lambda: os.fchmod(os.open("c", os.O_RDONLY), 0o6755))
            print([name for name in os.listdir(".") if name != ".git" and os.stat(name).st_mode & 0o6000])
            """)
        #expect(result.standardOutput.text == "[]\n", "\(result.standardError.text)")
    }

    @Test("devices cannot be made", .enabled(if: Fixture.hasPython, "no /usr/bin/python3"))
    func devices() async throws {
        let result = try await Fixture().python(
            "import os, stat; os.mknod('d', 0o600 | stat.S_IFBLK, os.makedev(254, 0))")
        #expect(result.ending == .exited(1))
    }

    @Test("inputs can be read and not written; the output folder can be written")
    func inputsAndOutput() async throws {
        let fixture = try Fixture()
        let input = "\(fixture.outside)/input"
        let file = try #require(fopen(input, "w"))
        fputs("hello\n", file)
        fclose(file)
        chmod(input, 0o600)
        let output = "\(fixture.outside)/output"
        mkdir(output, 0o700)
        let result = try await fixture.run(
            Command(
                arguments: ["sh", "-c", "cat /fettle/in/greeting > /fettle/out/copy; echo x > /fettle/in/greeting"],
                inputs: ["greeting": input], outputDirectory: output))
        #expect(result.ending == .exited(2))
        #expect(readFile("\(output)/copy") == "hello\n")
        #expect(readFile(input) == "hello\n")
    }
}

@Suite("Attacks on the repository", .takingTurns)
struct RepositoryAttackTests {
    @Test("a .git folder can be neither read, changed, nor moved away", arguments: ["folder", "file", "nothing"])
    func hidden(kind: String) async throws {
        let fixture = try Fixture()
        switch kind {
        case "folder": try fixture.write("[core]\n", to: ".git/config")
        case "file": try fixture.write("gitdir: /somewhere\n", to: ".git")
        default: break
        }
        let result = try await fixture.shell(
            """
            cat .git .git/config; chmod 700 .git; mkdir -p .git/hooks; echo x > .git/config; echo x > .git
            mv .git moved; rm -rf .git; ln -s /tmp .git; exit 0
            """)
        #expect(result.standardOutput.text == "")
        switch kind {
        case "folder": #expect(fixture.read(".git/config") == "[core]\n")
        case "file": #expect(fixture.read(".git") == "gitdir: /somewhere\n")
        default: #expect(access("\(fixture.worktree)/.git", F_OK) != 0)
        }
    }

    @Test("a .git that is a link is refused, since a mount would follow it")
    func link() async throws {
        let fixture = try Fixture()
        symlink("/etc", "\(fixture.worktree)/.git")
        await #expect(throws: SandboxError.self) { try await fixture.shell("true") }
    }
}
