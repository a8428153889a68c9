import Glibc
import Sandboxing
import Testing

@Suite("How a run ends")
struct EndingTests {
    @Test("an exit status is told")
    func exit() async throws {
        let result = try await Fixture().shell("echo out; echo err >&2; exit 7")
        #expect(result.ending == .exited(7))
        #expect(result.standardOutput.text == "out\n")
        #expect(result.standardError.text == "err\n")
    }
}
