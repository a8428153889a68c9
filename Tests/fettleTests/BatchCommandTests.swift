import Foundation
import Testing

@Suite("fettle batch")
struct BatchCommandTests {
    private struct Result: Decodable {
        let verdict: String
        let reason: String
        let candidatesTried: Int
    }

    @Test("--wall ends a task that its manifest gives longer, in the middle of a screening")
    func wall() async throws {
        let scene = try Scene()
        let task = "../tasks/never"
        try scene.write("title: No edit mends it\nlimits: {wall: 10m}\n", to: "\(task)/task.yml")
        try scene.write("def answer(left, right):\n    return left + right\n", to: "\(task)/repo/answers.py")
        // Each candidate takes three seconds, so that the first sixteen of each slot do not fit in the time.
        try scene.write(
            """
            import time
            from answers import answer

            def test_answer():
                time.sleep(3)
                assert answer(1, 2) == "neither sum nor product"
            """, to: "\(task)/repo/test_answers.py")

        let outcome = try await scene.fettle(
            "batch", "../tasks", "--report", "../out", "--wall", "40s", "--model", "none", "--jobs", "1")

        #expect(outcome.code == 1, "\(outcome.output)\(outcome.complaint)")
        let written = try Data(contentsOf: URL(fileURLWithPath: scene.folder + "/out/results.json"))
        let results = try JSONDecoder().decode([Result].self, from: written)
        #expect(results.map(\.verdict) == ["unfixed"])
        let result = try #require(results.first)
        #expect(result.reason.hasPrefix("time is up"), "\(result.reason)")
        #expect(1..<16 * ProcessInfo.processInfo.activeProcessorCount ~= result.candidatesTried)
    }
}
