import CLauncher
import Glibc

/// Reads both output streams until the launcher's report has come.
struct LaunchReader {
    private(set) var output: OutputCapture
    private(set) var error: OutputCapture
    /// The report as it came; empty if the launcher died without one.
    private(set) var packet: [UInt8] = []
    private(set) var outputLimitHit = false
    private let hardLimit: Int

    init(keeping bytes: Int, hardLimit: Int) {
        output = OutputCapture(keeping: bytes)
        error = OutputCapture(keeping: bytes)
        self.hardLimit = hardLimit
    }

    /// Everything inside is dead when the report comes, so all that it wrote is there by then. The streams need not have
    /// ended: whoever was handed one over a socket may hold it as long as he likes.
    mutating func read(output outputEnd: CInt, error errorEnd: CInt, channel: CInt) {
        // A number below zero is one that poll passes over.
        var waits = [outputEnd, errorEnd, channel].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 16)
        defer { buffer.deallocate() }
        while waits[2].fd >= 0 {
            guard poll(&waits, nfds_t(waits.count), -1) >= 0 || errno == EINTR else { return }
            for index in waits.indices where waits[index].fd >= 0 && waits[index].revents != 0 {
                let count = Glibc.read(waits[index].fd, buffer.baseAddress, buffer.count)
                // A launcher that ended without having heard all resets the connection; its report comes after that.
                if count < 0 && (errno == EINTR || errno == ECONNRESET) { continue }
                let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<max(0, count)])
                switch index {
                case 0: output.append(bytes)
                case 1: error.append(bytes)
                default: packet = Array(bytes)
                }
                // The channel has one packet to carry.
                if bytes.isEmpty || index == 2 { waits[index].fd = -1 }
            }
            judge(channel)
        }
        Self.drain(waits[0].fd, into: &output, buffer)
        Self.drain(waits[1].fd, into: &error, buffer)
        judge(channel)
    }

    private mutating func judge(_ channel: CInt) {
        guard !outputLimitHit, max(output.bytesSeen, error.bytesSeen) > hardLimit else { return }
        outputLimitHit = true
        fettle_say(channel, FETTLE_ORDER_KILL)
    }

    /// Takes what is there at this moment, and waits for nothing more: whoever holds the other end may go on writing.
    private static func drain(_ end: CInt, into capture: inout OutputCapture, _ buffer: UnsafeMutableRawBufferPointer) {
        var left: CInt = 0
        guard end >= 0, ioctl(end, UInt(FIONREAD), &left) == 0 else { return }
        while left > 0 {
            let count = Glibc.read(end, buffer.baseAddress, min(buffer.count, Int(left)))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            capture.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            left -= CInt(count)
        }
    }
}
