import CLauncher
import Glibc
import Synchronization

/// A launcher that builds its walls, or has built them, and waits for its program. It runs one; without one it goes
/// when its owner goes, and takes down what it built.
final class Stage: Sendable {
    let pid: pid_t
    private let end: Mutex<Descriptor?>

    /// Where it hears what to do and tells what came of it; below zero once it is gone.
    var channel: CInt { end.withLock { $0?.number ?? -1 } }

    /// Returns at once; the walls are built meanwhile.
    init(launcher: String, walls: LaunchRequest.Walls) throws(SandboxError) {
        let request = try Descriptor.memory(walls.bytes)
        let ends = try Ends(fettle_channel)
        var pid: pid_t = 0
        let failure = fettle_spawn_stage(launcher, ends.second.number, request.number, &pid)
        guard failure == 0 else { throw .machinery("cannot start \(launcher)", failure) }
        self.pid = pid
        end = Mutex(ends.first)
    }

    /// Gives it its program. A launcher that is gone already shows as a channel that ends.
    func start(_ program: LaunchRequest.Program, output: CInt, error: CInt) throws(SandboxError) {
        let request = try Descriptor.memory(program.bytes)
        let wall = max(1, program.wallClock.milliseconds)
        let failure = fettle_start(channel, request.number, output, error, wall)
        guard failure == 0 || failure == EPIPE || failure == ECONNRESET || failure == ENOTCONN else {
            throw .machinery("cannot hand over the program", failure)
        }
    }

    /// Waits until it is gone, and leaves nothing of it open. One that still waits for its program hears this as the word
    /// to go.
    func finish() {
        guard let channel = end.withLock({ $0.take() }) else { return }
        shutdown(channel.number, CInt(SHUT_RDWR))
        fettle_reap(pid, nil)
    }

    deinit { finish() }
}
