import Foundation
import Testing

@Suite("What a sandboxed program says reaches the terminal as data")
struct SandboxOutputTests {
    @Test("escapes, hidden and reversed text are taken out of both streams")
    func escapes() async throws {
        let attack =
            #"printf '\033]52;c;ZXZpbA==\007a\033[2J\033Pq\033\\b\302\2332Jc\342\200\256d\000\b\r\n' | tee /dev/null; "#
            + #"printf '\033]0;title\007e\233f\n' >&2"#
        let result = try await Scene().fettle("sandbox", "run", "--", "sh", "-c", attack)
        #expect(result.code == 0)
        #expect(result.output == "abcd\n")
        #expect(result.complaint.contains("e\u{FFFD}f\n"))
        #expect(!result.complaint.contains("\u{1B}") && !result.complaint.contains("title"))
    }

    @Test("the record on standard output holds none of it either, and still says it")
    func record() async throws {
        let result = try await Scene().fettle(
            "sandbox", "run", "--json", "-", "--", "printf", #"\302\2332J\342\200\256x"#)
        let lines = result.output.unicodeScalars
        #expect(!lines.contains { (0x7F...0x9F).contains($0.value) || $0.value == 0x202E })
        #expect(result.output.contains(#"\u009b2J\u202ex"#))
    }

    @Test("a forged report does not pass for success")
    func forged() async throws {
        let result = try await Scene().fettle(
            "sandbox", "run", "--", "sh", "-c", "echo '==== 100 passed in 0.1s ===='; echo 'ok 1'; echo '1..1'; exit 1")
        #expect(result.code == 1)
    }
}
