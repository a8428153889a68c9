/// Reads the data of server-sent events from bytes that come in any pieces (WHATWG HTML, "Server-sent events").
///
/// Lines end with LF, CR or both; comments and fields other than `data` are passed over; an event without its blank line is none.
struct ServerSentEvents {
    /// The most bytes of one event; a server that sends more is not listened to.
    private let limit: Int
    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var isAfterCarriageReturn = false
    private var isAtStart = true

    init(limit: Int = 16 << 20) {
        self.limit = limit
    }

    /// The data of the events that are complete with these bytes.
    mutating func append(_ bytes: some Sequence<UInt8>) throws(LanguageModelError) -> [[UInt8]] {
        var events: [[UInt8]] = []
        for byte in bytes {
            defer { isAfterCarriageReturn = byte == 0x0D }
            switch byte {
            case 0x0A where isAfterCarriageReturn: continue
            case 0x0A, 0x0D:
                if let event = endLine() { events.append(event) }
            default:
                line.append(byte)
                guard line.count + data.count <= limit else {
                    throw LanguageModelError(
                        .malformedAnswer, "the server sent an event of more than \(limit) bytes")
                }
            }
        }
        return events
    }

    private mutating func endLine() -> [UInt8]? {
        if isAtStart {
            isAtStart = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        defer { line.removeAll(keepingCapacity: true) }
        guard !line.isEmpty else {
            defer {
                data = []
                hasData = false
            }
            return hasData ? data : nil
        }
        let colon = line.firstIndex(of: 0x3A) ?? line.endIndex
        guard line[..<colon].elementsEqual("data".utf8) else { return nil }
        var value = line[colon...].dropFirst()
        if value.first == 0x20 { value = value.dropFirst() }
        if hasData { data.append(0x0A) }
        hasData = true
        data += value
        return nil
    }
}
