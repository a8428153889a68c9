import Testing

@testable import LanguageModels

@Suite("Server-sent events")
struct ServerSentEventsTests {
    private static func read(_ bytes: [UInt8], cuts: [Int] = []) throws -> [String] {
        var parser = ServerSentEvents()
        var events: [String] = []
        var start = 0
        for cut in cuts.sorted() + [bytes.count] {
            events += try parser.append(bytes[start..<cut]).map { String(decoding: $0, as: UTF8.self) }
            start = cut
        }
        return events
    }

    @Test(
        "fields, comments and line breaks of every kind",
        arguments: [
            ("data: a\n\ndata: b\n\n", ["a", "b"]), ("data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]),
            ("data: a\r\rdata: b\r\r", ["a", "b"]), ("data:a\ndata:  b\ndata\n\n", ["a\n b\n"]),
            (": comment\n\nevent: x\nid: 1\ndata: a\nretry: 9\n\n", ["a"]), ("\u{FEFF}data: a\n\n", ["a"]),
            ("data: a", []), ("data: a\n", []), ("\n\n\n", []), ("data:\n\n", [""]), ("database: x\n\n", []),
            ("data: é👩‍🔧\n\n", ["é👩‍🔧"]),
        ])
    func grammar(_ text: String, _ events: [String]) throws {
        #expect(try Self.read(Array(text.utf8)) == events)
    }

    @Test("events do not depend on how their bytes were cut", arguments: 0..<200)
    func anyCut(_ seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let parts = [
            "data: ", "data:", ": ", "\n", "\r\n", "\r", "\n\n", "a", "é", "{\"x\":1}", "event: y", "\u{FEFF}", " ",
            "[DONE]",
        ]
        let text = Array((0..<30).map { _ in parts.randomElement(using: &random) ?? "" }.joined().utf8)
        let whole = try Self.read(text)
        let cuts = (0..<8).map { _ in Int.random(in: 0...text.count, using: &random) }
        #expect(try Self.read(text, cuts: cuts) == whole, "seed \(seed)")
        #expect(try Self.read(text, cuts: Array(0...text.count)) == whole, "seed \(seed)")
    }

    @Test("any bytes at all are read without harm", arguments: 0..<100)
    func anyBytes(_ seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let bytes = (0..<400).map { _ in
            Bool.random(using: &random)
                ? UInt8.random(in: 0...255, using: &random) : [10, 13, 58, 32].randomElement(using: &random) ?? 10
        }
        #expect(try Self.read(bytes) == Self.read(bytes, cuts: [100, 101, 300]))
    }

    @Test("an event without an end is an error, not a full memory")
    func bound() throws {
        var parser = ServerSentEvents(limit: 1000)
        let line = Array("data: \(String(repeating: "x", count: 100))\n".utf8)
        let error = #expect(throws: LanguageModelError.self) {
            for _ in 0..<20 { _ = try parser.append(line) }
        }
        #expect(error?.code == .malformedAnswer)
        var other = ServerSentEvents(limit: 1000)
        #expect(throws: LanguageModelError.self) { try other.append(Array(repeating: 0x41, count: 1001)) }
    }
}

/// SplitMix64: the same seed gives the same numbers.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
