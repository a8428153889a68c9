package import Editing

/// A proposed set of edits, with its proposer and score.
package struct Candidate: Sendable, Codable, Hashable {
    /// `template`, `infill` or `chat`.
    package var proposer: String
    /// What the proposer did, e.g. the template operator's name: the key under which its successes are learnt.
    package var operation: String
    /// One line for people: "comparison-boundary: `<` → `<=` at stats.py:12".
    package var summary: String
    /// Applied one after the other: each stage's ranges are offsets in what the stage before left. A first edit is one stage; an edit
    /// on top of a candidate that helped only partly adds another.
    package var stages: [[FileEdit]]
    package var suspect: Suspect
    /// Orders candidates of one proposer; higher is tested earlier.
    package var score: Double

    package init(
        proposer: String, operation: String, summary: String, stages: [[FileEdit]], suspect: Suspect, score: Double
    ) {
        self.proposer = proposer
        self.operation = operation
        self.summary = summary
        self.stages = stages
        self.suspect = suspect
        self.score = score
    }
}

extension Candidate {
    /// Two candidates on the unchanged base that each turn a test green which the other leaves red, as one: a fault in two places.
    static func joining(_ left: Trial, _ right: Trial) -> Candidate? {
        guard left.candidate.stages.count == 1, right.candidate.stages.count == 1,
            !Set(right.passed).isSubset(of: left.passed), !Set(left.passed).isSubset(of: right.passed)
        else { return nil }
        var joined = left.candidate
        joined.stages = [left.candidate.stages[0] + right.candidate.stages[0]]
        joined.operation = "joined"
        joined.summary += " and " + right.candidate.summary
        return joined
    }

    /// By score, best first; equals keep their order.
    static func ranked(_ candidates: [Candidate]) -> [Candidate] {
        candidates.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }.map(\.element)
    }
}

/// File contents that differ from the base: path to bytes.
package typealias ChangedFiles = [String: [UInt8]]

extension ChangedFiles {
    /// A 64-bit FNV-1a hash over paths and contents in order, in hexadecimal: equal programs, equal fingerprints.
    /// It guards against running the same thing twice, not against an adversary.
    package var fingerprint: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        for (path, bytes) in sorted(by: { $0.key < $1.key }) {
            path.utf8.forEach(mix)
            mix(0)
            bytes.forEach(mix)
            mix(0)
        }
        return String(hash, radix: 16)
    }
}
