import Editing
import LanguageModels
import Testing
import Toolchains

@testable import Repair

/// The model that ships proposes for real: what it writes is its own, that it fits the file is ours.
@Suite("The embedded model proposes")
struct EmbeddedModelTests {
    private static let text = """
        def total(prices, discount):
            result = 0
            for price in prices:
                result += price
            return reslt - discount

        """

    private static func request() -> ProposalRequest {
        let suspect = Suspect(path: "shop.py", line: 5, suspiciousness: 1, reasons: [])
        return ProposalRequest(suspects: [suspect], sources: ["shop.py": Array(text.utf8)], limit: 1_000)
    }

    @Test("its candidates are distinct edits of the file, likely ones first, and the same ones each time")
    func candidates() async throws {
        let proposer = InfillProposer(model: try LocalModel.embedded())
        let candidates = try await proposer.propose(Self.request())
        #expect(candidates.count > 5)
        #expect(candidates.map(\.score) == candidates.map(\.score).sorted(by: >))
        #expect(Set(candidates.map(\.stages)).count == candidates.count)
        for candidate in candidates {
            let edits = try #require(candidate.stages.first)
            #expect(try FileEdit.apply(edits, to: Array(Self.text.utf8)) != Array(Self.text.utf8))
            #expect(candidate.proposer == "infill")
        }
        let again = try await InfillProposer(model: try LocalModel.embedded()).propose(Self.request())
        #expect(again.map(\.summary) == candidates.map(\.summary))
    }

    @Test("holes of a shape that did badly in earlier runs come later")
    func learnt() async throws {
        let weights = ["infill-line": 0.01, "infill-expression": 0.01]
        let plain = try await InfillProposer(model: try LocalModel.embedded()).propose(Self.request())
        let model = try LocalModel.embedded()
        let learnt = try await InfillProposer(model: model, weights: weights).propose(Self.request())
        #expect(Set(learnt.map(\.stages)) == Set(plain.map(\.stages)))
        #expect(plain.first?.operation == "infill-line")
        #expect(learnt.first.map { weights[$0.operation] == nil } == true, "\(learnt.first?.summary ?? "")")
    }

    @Test("asked about an expression, it keeps what its line begins with")
    func expression() async throws {
        let hole = Hole(
            commentSign: "#", above: ["def total(prices, discount):", "    result = sum(prices)"],
            lines: ["    return reslt - discount"], below: [], opening: "    return")
        let options = GenerationOptions(maxTokens: 40, temperatures: [0, 0.5, 1, 1.5])
        var texts = [String](repeating: "", count: 4)
        for try await event in try LocalModel.embedded().rewrite(hole, options) {
            if case .text(let sample, let text) = event { texts[sample] += text }
        }
        #expect(texts.allSatisfy { $0.isEmpty || $0.hasPrefix("    return") }, "\(texts)")
        let written = texts[0].trimmingPrefix("    return")
        #expect(written.contains { !$0.isWhitespace } && texts[0].hasSuffix("\n"), "\(texts)")
    }

    @Test("it puts every candidate of the mutation pass in an order, and loses none")
    func reranking() async throws {
        let templates = TemplateProposer()
        let plain = try await templates.propose(Self.request())
        let ranked = try await RerankingProposer(templates, by: try LocalModel.embedded()).propose(Self.request())
        #expect(Set(ranked.map(\.summary)) == Set(plain.map(\.summary)))
        #expect(ranked.map(\.summary) != plain.map(\.summary))
        #expect(ranked.map(\.score) == ranked.map(\.score).sorted(by: >))
    }

    @Test("it is told no failure, for that brought nothing when it was measured")
    func untold() async throws {
        var request = Self.request()
        let failure = TestFailure(kind: "NameError", message: "NameError: name 'reslt' is not defined")
        request.failures = [TestOutcome(id: "test_total", status: .failed, failure: failure)]
        let told = try await InfillProposer(model: try LocalModel.embedded()).propose(request)
        let plain = try await InfillProposer(model: try LocalModel.embedded()).propose(Self.request())
        #expect(told.map(\.summary) == plain.map(\.summary))
    }

    @Test("what failed is told in a line, and its values only when asked for")
    func facts() {
        let failure = TestFailure(
            kind: "AssertionError", message: "AssertionError: assert 3 == 4\nmore", expected: "4", actual: "3")
        let outcome = TestOutcome(id: "test_a", status: .failed, failure: failure)
        #expect(FailureFacts(of: [outcome]).lines(withValues: false) == ["FAILS: AssertionError: assert 3 == 4"])
        #expect(
            FailureFacts(of: [outcome]).lines(withValues: true) == [
                "FAILS: AssertionError: assert 3 == 4", "EXPECTED: 4", "ACTUAL: 3",
            ])
        #expect(FailureFacts(of: []).lines(withValues: true) == [])
    }
}
