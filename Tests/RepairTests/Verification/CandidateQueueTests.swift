import Editing
import Testing

@testable import Repair

@Suite("The queue of candidates")
struct CandidateQueueTests {
    private static let base: ChangedFiles = ["a.py": Array("aaaa\nbbbb\n".utf8)]

    @Test("a program that was seen before is not handed out again, and one that changes nothing never")
    func duplicates() async {
        let queue = queue([edit(0, "x"), edit(0, "x"), edit(0, "a"), edit(1, "x")])
        let items = await queue.next(10)
        #expect(items.map(\.candidate.summary) == ["0 x", "1 x"])
        #expect(await queue.next(10).isEmpty)
    }

    @Test("what an earlier run found out is taken over instead of being run")
    func known() async throws {
        let candidate = edit(0, "x")
        let fingerprint = try #require(Blackboard.changedFiles(candidate.stages, over: Self.base)).fingerprint
        let trial = Trial(fingerprint: fingerprint, candidate: candidate, outcome: .unfixed, passed: [], seconds: 1)
        let queue = queue([candidate, edit(1, "x")], known: [fingerprint: trial])
        #expect(await queue.next(10).map(\.candidate.summary) == ["1 x"])
        #expect(await queue.reused.map(\.isReused) == [true])
    }

    @Test("the limit holds, and what is left over is there for later")
    func limit() async {
        let queue = queue([edit(0, "x"), edit(1, "x"), edit(2, "x")], limit: 2)
        #expect(await queue.next(10).count == 2)
        #expect(await queue.rest.map(\.summary) == ["2 x"])
    }

    @Test("after a hit only smaller edits of the same line are tried, the others stay for later")
    func rivals() async {
        let hit = edit(0, "xxx", line: 1)
        let queue = queue([edit(1, "y", line: 1), edit(1, "yyyyy", line: 1), edit(6, "z", line: 2)])
        await queue.keepRivals(of: hit, atMost: 5) { $0["a.py"]?.count ?? 0 }
        #expect(await queue.next(10).map(\.candidate.summary) == ["1 y"])
        #expect(await queue.rest.map(\.summary) == ["1 yyyyy", "6 z"])
    }

    @Test("after a hit that is doubted only so many that are not come next, and the rest stays for later")
    func others() async {
        let queue = queue([edit(0, "b"), edit(1, "y"), edit(2, "b"), edit(3, "y"), edit(6, "y")])
        await queue.keepOthers(atMost: 2) { $0["a.py"]?.contains(UInt8(ascii: "y")) == false }
        #expect(await queue.next(10).map(\.candidate.summary) == ["1 y", "3 y"])
        #expect(await queue.rest.map(\.summary) == ["0 b", "2 b", "6 y"])
    }

    @Test("where half of a line's candidates hung, two at least, its others wait for those of all other lines")
    func hanging() async {
        let line = SourceLine(path: "a.py", line: 1)
        let queue = queue([edit(0, "x"), edit(1, "x"), edit(2, "x"), edit(6, "y", line: 2), edit(3, "x")])
        #expect(await queue.next(2).map(\.candidate.summary) == ["0 x", "1 x"])
        await queue.timedOut(at: line)
        #expect(await queue.rest.map(\.summary) == ["2 x", "6 y", "3 x"])
        await queue.timedOut(at: line)
        #expect(await queue.rest.map(\.summary) == ["6 y", "2 x", "3 x"])
    }

    @Test("a line of which few candidates hung keeps its place, and so do rivals of a hit")
    func hangingSeldom() async {
        let line = SourceLine(path: "a.py", line: 1)
        let many = (0..<4).flatMap { [edit($0, "x"), edit($0, "y")] }
        let patient = queue(many + [edit(3, "z"), edit(6, "y", line: 2)])
        _ = await patient.next(8)
        for _ in 0..<3 { await patient.timedOut(at: line) }
        #expect(await patient.rest.map(\.summary) == ["3 z", "6 y"])
        let narrowed = queue([edit(1, "y"), edit(6, "z", line: 2)])
        await narrowed.keepRivals(of: edit(0, "xxx"), atMost: 5) { $0["a.py"]?.count ?? 0 }
        for _ in 0..<2 { await narrowed.timedOut(at: line) }
        #expect(await narrowed.next(10).map(\.candidate.summary) == ["1 y"])
    }

    @Test("an edit in the tests that stand among Rust's code makes no program, one beside them does")
    func inlineTests() throws {
        let code =
            "fn one() -> i32 { 2 }\n#[cfg(test)]\nmod tests { #[test] fn one() { assert_eq!(super::one(), 1); } }\n"
        let base: ChangedFiles = ["src/lib.rs": Array(code.utf8)]
        let change = { (offset: Int, text: String) in
            [[FileEdit(path: "src/lib.rs", range: offset..<offset + 1, replacement: text)]]
        }
        let bytes = Array(code.utf8)
        let returned = try #require(bytes.firstIndex(of: UInt8(ascii: "2")))
        let expected = try #require(bytes.lastIndex(of: UInt8(ascii: "1")))
        #expect(Blackboard.changedFiles(change(returned, "1"), over: base) != nil)
        #expect(Blackboard.changedFiles(change(expected, "2"), over: base) == nil)
    }

    @Test("two partial fixes are joined only where each helps a test that the other does not")
    func joining() {
        let left = trial(edit(0, "x"), passed: ["t1"])
        let right = trial(edit(5, "y"), passed: ["t2"])
        let joined = Candidate.joining(left, right)
        #expect(joined?.stages == [left.candidate.stages[0] + right.candidate.stages[0]])
        #expect(Candidate.joining(left, trial(edit(5, "y"), passed: ["t1"])) == nil)
        #expect(Candidate.joining(left, trial(edit(5, "y"), passed: [])) == nil)
    }

    @Test("edits that overlap make no program")
    func overlap() {
        let stages = [edit(0, "x").stages[0] + edit(0, "y").stages[0]]
        #expect(Blackboard.changedFiles(stages, over: Self.base) == nil)
    }

    @Test("a second stage's edits are offsets in what the first one left")
    func stages() {
        let stages = [edit(0, "xyz").stages[0], edit(3, "!").stages[0]]
        #expect(Blackboard.changedFiles(stages, over: Self.base) == ["a.py": Array("xyz!aa\nbbbb\n".utf8)])
    }

    private func queue(
        _ candidates: [Candidate], limit: Int = 100, known: [String: Trial] = [:]
    ) -> CandidateQueue {
        CandidateQueue(candidates, limit: limit, seen: [], known: known) {
            Blackboard.changedFiles($0.stages, over: Self.base)
        }
    }

    /// Replaces one byte of `a.py`.
    private func edit(_ offset: Int, _ replacement: String, line: Int = 1) -> Candidate {
        Candidate(
            proposer: "template", operation: "op", summary: "\(offset) \(replacement)",
            stages: [[FileEdit(path: "a.py", range: offset..<offset + 1, replacement: replacement)]],
            suspect: Suspect(path: "a.py", line: line, suspiciousness: 1, reasons: []), score: 1)
    }

    private func trial(_ candidate: Candidate, passed: [String]) -> Trial {
        Trial(fingerprint: "f", candidate: candidate, outcome: .partial, passed: passed, seconds: 1)
    }
}
