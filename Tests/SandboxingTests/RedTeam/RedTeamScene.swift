import Glibc
import Testing

@testable import Sandboxing

/// What one attack finds around it: a worktree with a repository, files beside it that anybody may change, a home
/// folder with keys, a process that is to live, and sockets that listen.
///
/// Nothing here is protected by its owner or its mode: what keeps the attack off must be the sandbox.
final class RedTeamScene {
    let base: String
    /// In every file and variable that is not the attack's to read.
    let secret: String
    /// In the environment of everything that the attack starts.
    let mark: String
    let victim: pid_t
    private let tcp: ListeningSocket
    private let udp: ListeningSocket
    private let abstract: ListeningSocket
    private let file: ListeningSocket
    private let freePort: Int
    /// What somebody has in the worktree itself, where the scene has that.
    private let doors: WorktreeDoors?
    let key: Int

    var worktree: String { "\(base)/worktree" }
    var outside: String { "\(base)/outside" }
    var home: String { "\(base)/home" }

    init(in folder: String, hasDoors: Bool = false) throws {
        let number = UInt32.random(in: 0x1000_0000...0x7FFF_FFFF)
        key = Int(number)
        mark = "\(number)"
        secret = "secret-\(UInt64.random(in: .min ... .max))"
        base = "\(folder)/scene-\(number)"
        for name in [
            "", "/outside", "/worktree", "/worktree/.git", "/home", "/home/.ssh", "/home/.aws", "/home/.docker",
        ] {
            try #require(mkdir(base + name, 0o755) == 0, "\(base)\(name)")
        }
        chmod("\(base)/outside", 0o777)
        for (name, text, mode) in Self.files(secret) {
            try #require(HostFile.replace("\(base)/\(name)", with: text))
            chmod("\(base)/\(name)", mode)
        }
        tcp = try ListeningSocket(.tcp)
        udp = try ListeningSocket(.udp)
        abstract = try ListeningSocket(.abstract("fettle-red-team-\(number)"))
        file = try ListeningSocket(.file("\(base)/outside/socket"))
        freePort = try ListeningSocket(.tcp).port
        doors = hasDoors ? try WorktreeDoors(in: "\(base)/worktree") : nil
        victim = try #require(
            spawn(
                ["sleep", "600"], environment: ["FETTLE_RED_TEAM_TOKEN": secret, "PATH": "/usr/bin:/bin"],
                in: "\(base)/worktree", output: "/dev/null"))
    }

    private static func files(_ secret: String) -> [(name: String, text: String, mode: mode_t)] {
        let text = "\(secret)\n"
        return [
            ("outside/secret", text, 0o666), ("outside/canary", "canary\n", 0o666),
            ("worktree/.git/config", "[http]\n\textraHeader = \(secret)\n", 0o644),
            ("home/.ssh/id_ed25519", text, 0o644),
            ("home/.aws/credentials", text, 0o644), ("home/.netrc", text, 0o644), ("home/.bash_history", text, 0o644),
            ("home/.docker/config.json", text, 0o644),
        ]
    }

    deinit {
        kill(victim, SIGKILL)
        waitpid(victim, nil, 0)
        if let failure = TreeRemoval.remove(base) { Issue.record("\(failure)") }
    }

    var environment: [String: String] {
        [
            "SECRET": "\(outside)/secret", "CANARY": "\(outside)/canary", "OUTSIDE": outside, "HOST_HOME": home,
            "VICTIM": "\(victim)", "PORT": "\(tcp.port)", "UDP_PORT": "\(udp.port)", "SOCKET_NAME": abstract.name,
            "SOCKET_PATH": "\(outside)/socket", "FREE_PORT": "\(freePort)", "MARK": mark, "KEY": "\(key)",
        ]
    }

    /// Whether something came to the server that the attack opened, if it opened one.
    func canReachServer() -> Bool { ListeningSocket.canConnect(toPort: freePort) }

    /// What was done to the scene, looked at from outside.
    func complaints() -> [String] {
        var complaints: [String] = []
        var status = stat()
        // It may be closed even to us; what it is to be removed from, it should be as the attack left it.
        if lstat(worktree, &status) == 0 { chmod(worktree, 0o755) }
        defer { chmod(worktree, status.st_mode & 0o7777) }
        for (name, text, mode) in Self.files(secret) {
            var status = stat()
            if readFile("\(base)/\(name)") != text || stat("\(base)/\(name)", &status) != 0
                || status.st_mode & 0o7777 != mode
            {
                complaints.append("\(name) was changed")
            }
        }
        let beside = HostState.names(in: outside)
        if beside != ["canary", "secret", "socket"] { complaints.append("beside the worktree lie \(beside)") }
        let git = HostState.names(in: "\(worktree)/.git")
        if git != ["config"] { complaints.append(".git holds \(git)") }
        let state = HostState.state(of: victim)
        if state != "S" && state != "R" {
            complaints.append("the victim is \(state.map { "in state \($0)" } ?? "gone")")
        }
        for (name, isSilent) in [
            ("tcp", tcp.isSilent), ("udp", udp.isSilent), ("abstract", abstract.isSilent), ("file", file.isSilent),
        ] where !isSilent {
            complaints.append("the host's \(name) socket was reached")
        }
        if let doors, !doors.areSilent { complaints.append("the host was reached through the worktree") }
        return complaints
    }
}

/// A socket and a pipe that a process of the host has in a worktree, and that notice whether anybody came.
final class WorktreeDoors {
    private let socket: ListeningSocket
    private let pipe: CInt

    init(in worktree: String) throws {
        for name in ["deep", "deep/folder"] { try #require(mkdir("\(worktree)/\(name)", 0o755) == 0) }
        // Through a short name: that of a socket has room for a hundred bytes.
        let folder = open("\(worktree)/deep/folder", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(folder) }
        socket = try ListeningSocket(.file("/proc/self/fd/\(folder)/host-socket"))
        try #require(mkfifoat(folder, "host-pipe", 0o666) == 0)
        pipe = openat(folder, "host-pipe", O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        try #require(pipe >= 0)
    }

    deinit { close(pipe) }

    var areSilent: Bool {
        var byte: UInt8 = 0
        return socket.isSilent && read(pipe, &byte, 1) <= 0
    }
}

/// A socket of the host's that notices whether anybody came.
final class ListeningSocket {
    enum Kind {
        case tcp
        case udp
        case abstract(String)
        case file(String)
    }

    private let number: CInt
    private let isStream: Bool
    let name: String

    init(_ kind: Kind) throws {
        let flags = CInt(SOCK_CLOEXEC.rawValue) | CInt(SOCK_NONBLOCK.rawValue)
        switch kind {
        case .tcp, .udp:
            if case .tcp = kind { isStream = true } else { isStream = false }
            let type = isStream ? CInt(SOCK_STREAM.rawValue) : CInt(SOCK_DGRAM.rawValue)
            number = socket(AF_INET, type | flags, 0)
            name = ""
            let address = Self.loopback(port: 0)
            try #require(Self.with(address) { bind(number, $0, $1) } == 0)
        case .abstract(let text), .file(let text):
            isStream = true
            number = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | flags, 0)
            name = text
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            var start = 0
            if case .abstract = kind { start = 1 }
            withUnsafeMutableBytes(of: &address.sun_path) { path in
                for (index, byte) in text.utf8.enumerated() { path[start + index] = byte }
            }
            let length = (MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2) + start + text.utf8.count
            let bound = Self.with(address) { pointer, _ in bind(number, pointer, socklen_t(length)) }
            try #require(bound == 0, "\(text)")
            if start == 0 { chmod(text, 0o777) }
        }
        if isStream { try #require(listen(number, 4) == 0) }
    }

    deinit { close(number) }

    var port: Int {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let found = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(number, $0, &length) }
        }
        return found == 0 ? Int(UInt16(bigEndian: address.sin_port)) : 0
    }

    /// Nobody connected, and nothing was sent.
    var isSilent: Bool {
        if isStream {
            let guest = accept(number, nil, nil)
            if guest >= 0 { close(guest) }
            return guest < 0
        }
        var byte: UInt8 = 0
        return recv(number, &byte, 1, 0) < 0
    }

    static func canConnect(toPort port: Int) -> Bool {
        let number = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        defer { close(number) }
        return with(loopback(port: UInt16(port))) { connect(number, $0, $1) } == 0
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func with<Address>(
        _ address: Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) -> CInt {
        withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<Address>.size)) }
        }
    }
}
