import Testing
import Toolchains

@testable import Repair

@Suite("Localisation by traces")
struct TraceLocaliserTests {
    @Test("first what a note says to change, then the error, then other places that notes name, then the line before")
    func diagnostics() {
        let diagnostics = [
            Diagnostic(path: "a.swift", line: 9, message: "cannot assign to value: 'x' is a 'let' constant"),
            Diagnostic(path: "a.swift", line: 3, severity: .note, message: "change 'let' to 'var'"),
            Diagnostic(path: "a.swift", line: 5, severity: .note, message: "'x' declared here"),
            Diagnostic(path: "a.swift", line: 1, severity: .warning, message: "unused"),
        ]
        let ranked = SuspectRanking.merge(TraceLocaliser.suspects(in: diagnostics) { _ in true })
        #expect(ranked.map(\.line) == [3, 9, 5, 8])
    }

    @Test(
        "a path in a stack means the file there, or else the only one that ends so",
        arguments: [
            ("com/acme/Ring.java", "src/main/java/com/acme/Ring.java"), ("Ring.java", nil), ("ing.java", nil),
            ("Ring.py", "Ring.py"), ("Heap.java", nil),
        ] as [(String, String?)])
    func files(path: String, file: String?) {
        let names = ["src/main/java/com/acme/Ring.java", "old/Ring.java", "Ring.py", "lib/Ring.py"]
        #expect(Blackboard.file(path, in: Dictionary(uniqueKeysWithValues: names.map { ($0, []) })) == file)
    }

    @Test("frames weigh less the further out, and only where they may be edited")
    func frames() {
        let failure = TestFailure(
            kind: "ValueError", message: "m",
            frames: [
                StackFrame(path: "lib.py", line: 1), StackFrame(path: "a.py", line: 2),
                StackFrame(path: "a.py", line: 7),
            ])
        let outcome = TestOutcome(id: "t", status: .failed, failure: failure)
        let found = TraceLocaliser.suspects(in: [outcome]) { $0 == "a.py" ? $0 : nil }
        #expect(found.map(\.line) == [2, 7])
        #expect(found[0].suspiciousness > found[1].suspiciousness)
    }
}
