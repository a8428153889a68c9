import Glibc

/// The right to probe, which one at a time has of all that share a folder, processes of the same user too. It passes on
/// when it goes, and with its process whatever ends that.
struct ProbeTurn: ~Copyable {
    private let file: Descriptor

    init(in directory: String) throws(SandboxError) {
        let path = "\(directory)/probe.lock"
        let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else { throw .machinery("cannot open \(path)", errno) }
        file = Descriptor(number)
    }

    /// Takes it if nobody has it. Never waits.
    var isOurs: Bool { flock(file.number, LOCK_EX | LOCK_NB) == 0 }
}
