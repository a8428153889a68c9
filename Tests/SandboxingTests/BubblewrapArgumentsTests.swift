import Sandboxing
import Testing

@Suite("bubblewrap's arguments")
struct BubblewrapArgumentsTests {
    private let words = BubblewrapArguments(
        system: [.mount("/usr"), .link("/bin", to: "usr/bin")],
        mounts: [Mount("/host/tree", at: "/worktree", .writable), Mount("/opt/tool")],
        temporarySpace: SandboxProfile(name: "x").temporarySpace,
        files: ["/etc/passwd"], repository: .directory
    ).words

    @Test("every namespace is new and no other can be made")
    func namespaces() {
        #expect(words.starts(with: ["--unshare-all", "--unshare-user", "--disable-userns"]))
        #expect(!words.contains("--share-net"))
        #expect(words.contains("--die-with-parent"))
        #expect(words.contains("--new-session"))
    }

    @Test("only what is meant to be written is bound writable")
    func mounts() {
        #expect(targets(of: "--bind") == ["/worktree"])
        #expect(targets(of: "--ro-bind") == ["/usr", "/opt/tool"])
    }

    private func targets(of option: String) -> [String] {
        words.indices.filter { words[$0] == option }.map { words[$0 + 2] }
    }

    @Test("links stay links, and the root is closed last")
    func order() {
        let link = words.firstIndex(of: "--symlink") ?? words.endIndex
        #expect(words[link...].prefix(3) == ["--symlink", "usr/bin", "/bin"])
        #expect(words.suffix(2) == ["--remount-ro", "/"])
    }

    @Test("the repository is covered after the worktree is there, and stays so")
    func repository() {
        let worktree = words.firstIndex(of: "/worktree") ?? words.endIndex
        let cover = words.firstIndex(of: "/worktree/.git") ?? 0
        #expect(worktree < cover)
        #expect(words[(cover + 1)...].prefix(2) == ["--remount-ro", "/worktree/.git"])
    }
}

@Suite("Control groups")
struct ControlGroupsTests {
    @Test("version 1: each controller's own place below where this process is")
    func versionOne() {
        let own = "4:memory:/a/b\n8:pids:/\n1:cpu,cpuacct:/c\n0::/\n"
        let mounts = """
            30 20 0:1 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
            31 20 0:2 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
            32 20 0:3 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct
            33 20 0:4 /x /sys/fs/cgroup/elsewhere rw - cgroup cgroup rw,freezer
            """
        let found = ControlGroups.candidates(own: own, mounts: mounts)
        #expect(found.map(\.directory) == ["/sys/fs/cgroup/memory/a/b", "/sys/fs/cgroup/pids", "/sys/fs/cgroup/cpu/c"])
        #expect(found.map(\.controllers) == [[.memory], [.pids], [.cpu, .cpuacct]])
    }

    @Test("a mount that shows only our own group is its root")
    func namespaced() {
        let found = ControlGroups.candidates(
            own: "4:memory:/docker/x\n",
            mounts: "30 20 0:1 /docker/x /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n")
        #expect(found.map(\.directory) == ["/sys/fs/cgroup/memory"])
    }

    @Test("kills and peaks are read from either version's files")
    func reading() {
        #expect(
            ControlGroups.outOfMemoryKills(["memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n"]) == 3
        )
        #expect(ControlGroups.outOfMemoryKills(["memory.events": "low 0\noom 1\noom_kill 2\n"]) == 2)
        #expect(ControlGroups.outOfMemoryKills([:]) == 0)
        #expect(ControlGroups.peakMemory(["memory.peak": "4096\n"]) == 4096)
        #expect(ControlGroups.peakMemory([:]) == nil)
    }

    @Test("no text whatever trips the readers")
    func fuzz() {
        var generator = SeededGenerator(seed: 11)
        let pool = Array("0123456789:/, -\ncgroup2memorypids".utf8)
        for _ in 0..<2000 {
            let texts = (0..<2).map { _ in
                String(decoding: (0..<60).map { _ in pool.randomElement(using: &generator) ?? 0 }, as: UTF8.self)
            }
            _ = ControlGroups.candidates(own: texts[0], mounts: texts[1])
            _ = ControlGroups.outOfMemoryKills(["memory.events": texts[0]])
        }
    }
}
