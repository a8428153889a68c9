import Foundation
import Glibc
import Testing

@testable import Sandboxing

@Suite("Output is data")
struct OutputTests {
    @Test("short output is kept whole, long output by its two ends")
    func ends() async throws {
        let short = try await Fixture().shell("printf abc")
        #expect(short.standardOutput.text == "abc")
        #expect(!short.standardOutput.isTruncated)
        let long = try await Fixture().shell("printf start; head -c 100000 /dev/zero | tr '\\0' x; printf finish") {
            $0.limits.outputKept = 4096
        }
        #expect(long.standardOutput.bytesSeen == 100_011)
        #expect(long.standardOutput.bytesKept == 4096)
        #expect(long.standardOutput.text.hasPrefix("startxxx"))
        #expect(long.standardOutput.text.hasSuffix("xxxfinish"))
        #expect(long.standardOutput.text.contains("95915 bytes left out"))
    }

    @Test(
        "what a terminal would obey is taken out",
        arguments: [
            ("\u{1B}[31mred\u{1B}[0m", "red"), ("a\u{1B}]0;title\u{7}b", "ab"), ("a\u{1B}]8;;http://x\u{1B}\\b", "ab"),
            ("a\u{9B}2Jb", "ab"), ("over\rwritten", "overwritten"), ("a\u{8}\u{0}b\u{7F}", "ab"),
            ("\u{202E}evil\u{2066}", "evil"), ("tab\tline\n", "tab\tline\n"), ("ünï ✓ 漢", "ünï ✓ 漢"),
            ("a\u{1B}Pq secret \u{1B}\\b", "ab"), ("a\u{1B}[\nb", "a\nb"), ("a\u{1B}", "a"), ("\u{1B}(Ba", "a"),
        ])
    func sanitised(raw: String, safe: String) {
        #expect(CapturedOutput(head: Array(raw.utf8), bytesSeen: raw.utf8.count).sanitisedText == safe)
    }

    @Test("no bytes whatever get a control character past")
    func fuzz() {
        var generator = SeededGenerator(seed: 7)
        let pool: [UInt8] = [0x1B, 0x5B, 0x5D, 0x9B, 0x07, 0x0A, 0x0D, 0x00, 0xC2, 0xE2, 0x80, 0xAE, 0x41, 0x6D, 0x3B]
        for round in 0..<3000 {
            let bytes = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
                pool.randomElement(using: &generator) ?? 0
            }
            let text = CapturedOutput(head: bytes, bytesSeen: bytes.count).sanitisedText
            let bad = text.unicodeScalars.filter {
                ($0.value < 0x20 && $0 != "\n" && $0 != "\t") || (0x7F...0x9F).contains($0.value)
            }
            #expect(bad.isEmpty, "seed 7, round \(round): \(bytes)")
        }
    }

    @Test("JSON that a terminal would not obey says the same")
    func harmlessJSON() throws {
        let text = "plain \u{9B}2J \u{202E}evil \u{7F} ünï ✓ \u{E0041} \u{1B}]52;c;x\u{7} end"
        let json = TerminalText.harmlessJSON(try JSONEncoder().encode([text]))
        #expect(try JSONDecoder().decode([String].self, from: Data(json)) == [text])
        #expect(String(decoding: json, as: UTF8.self).unicodeScalars.allSatisfy(TerminalText.isHarmless))
    }

    @Test("a record survives JSON, bytes that are no text included")
    func json() throws {
        let output = CapturedOutput(head: [0xFF, 0x00, 0x41], tail: Array("end".utf8), bytesSeen: 99)
        let copy = try JSONDecoder().decode(CapturedOutput.self, from: JSONEncoder().encode(output))
        #expect(copy == output)
    }
}

/// SplitMix64, so that a failure can be had again from its seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
