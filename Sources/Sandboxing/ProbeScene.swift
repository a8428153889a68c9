import Glibc

/// What a probe attacks: a worktree with a repository to find and a pipe of the host's, a file outside it, and a socket of
/// the host.
struct ProbeScene: ~Copyable {
    let worktree: String
    let secret: String
    /// The abstract name of a socket that listens.
    let socketName: String
    private let directory: String
    private let socket: Descriptor
    private let pipe: Descriptor

    init(in parent: String) throws(SandboxError) {
        directory = "\(parent)/\(RunName.next())"
        worktree = "\(directory)/worktree"
        secret = "\(directory)/secret"
        socketName = "fettle-probe-\(UInt64.random(in: .min ... .max))"
        guard HostFile.makeDirectories("\(worktree)/.git"), HostFile.makeDirectories("\(worktree)/inner"),
            HostFile.replace("\(worktree)/.git/config", with: "[core]\n"),
            HostFile.replace(secret, with: "secret\n"), mkfifo("\(worktree)/pipe", 0o600) == 0
        else { throw .machinery("cannot set up the probe in \(directory)", errno) }
        // Open at this end, so that whoever reaches it can open the other without waiting.
        let end = open("\(worktree)/pipe", O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard end >= 0 else { throw .machinery("cannot open a pipe in \(directory)", errno) }
        do {
            socket = try Self.listen(socketName)
        } catch {
            close(end)
            throw error
        }
        pipe = Descriptor(end)
    }

    deinit {
        // What stays, the janitor meets again when this process is gone.
        _ = TreeRemoval.remove(directory)
    }

    private static func listen(_ name: String) throws(SandboxError) -> Descriptor {
        let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        let socket = Descriptor(Glibc.socket(AF_UNIX, type, 0))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // An abstract name follows a NUL and is as long as the length given says.
        withUnsafeMutableBytes(of: &address.sun_path) { path in
            for (index, byte) in name.utf8.enumerated() { path[index + 1] = byte }
        }
        let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
        let length = socklen_t(offset + 1 + name.utf8.count)
        let bound = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket.number, $0, length) }
        }
        guard bound == 0, Glibc.listen(socket.number, 4) == 0 else { throw .machinery("cannot open a socket", errno) }
        return socket
    }
}
