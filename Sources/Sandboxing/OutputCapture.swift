/// Takes in a stream of any length and keeps its first and its last bytes, in constant memory.
struct OutputCapture {
    private let headCapacity: Int
    private let tailCapacity: Int
    private var head: [UInt8] = []
    /// Up to twice its capacity, so that bytes move down rarely and in one piece.
    private var tail: [UInt8] = []
    private(set) var bytesSeen = 0

    init(keeping bytes: Int) {
        headCapacity = bytes / 2
        tailCapacity = bytes - headCapacity
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        bytesSeen += bytes.count
        let toHead = min(bytes.count, headCapacity - head.count)
        head.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<toHead]))
        // Of what is longer than the tail only the end can stay.
        let rest = UnsafeRawBufferPointer(rebasing: bytes[toHead...].suffix(tailCapacity))
        tail.append(contentsOf: rest)
        if tail.count > 2 * tailCapacity { tail.removeFirst(tail.count - tailCapacity) }
    }

    var output: CapturedOutput {
        CapturedOutput(head: head, tail: Array(tail.suffix(tailCapacity)), bytesSeen: bytesSeen)
    }
}
