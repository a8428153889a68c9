/// Candidates waiting to be verified, handed out in order to the slots that ask.
actor CandidateQueue {
    /// A candidate with the program it makes.
    struct Item: Sendable {
        let candidate: Candidate
        let changed: ChangedFiles
        let fingerprint: String
    }

    private var waiting: ArraySlice<Candidate>
    private var remaining: Int
    private let make: @Sendable (Candidate) -> ChangedFiles?
    private var seen: Set<String>
    private let known: [String: Trial]
    private(set) var reused: [Trial] = []
    private(set) var handedOut = 0
    private var handedOutByLine: [SourceLine: Int] = [:]
    private var timeouts: [SourceLine: Int] = [:]
    /// One that hangs says little.
    private static let timeoutsBorne = 2

    /// - Parameters:
    ///   - limit: candidates that may still be run.
    ///   - seen: fingerprints already tried in this run.
    ///   - known: trials of earlier runs of the same base and tests.
    ///   - make: the candidate's changed files; nil where its edits do not apply or change nothing.
    init(
        _ candidates: [Candidate], limit: Int, seen: Set<String>, known: [String: Trial],
        make: @escaping @Sendable (Candidate) -> ChangedFiles?
    ) {
        waiting = candidates[...]
        remaining = limit
        self.seen = seen
        self.known = known
        self.make = make
    }

    /// Up to `count` candidates that make programs not tried before; empty when none is left.
    func next(_ count: Int) -> [Item] {
        var items: [Item] = []
        while items.count < count, remaining > 0, let candidate = waiting.popFirst() {
            guard let changed = make(candidate) else { continue }
            let fingerprint = changed.fingerprint
            guard seen.insert(fingerprint).inserted else { continue }
            if var trial = known[fingerprint] {
                trial.isReused = true
                trial.candidate = candidate
                reused.append(trial)
                continue
            }
            remaining -= 1
            handedOut += 1
            handedOutByLine[candidate.suspect.place, default: 0] += 1
            items.append(Item(candidate: candidate, changed: changed, fingerprint: fingerprint))
        }
        return items
    }

    /// After a hit only rivals count: other candidates at the same place that would pass with a smaller change.
    func keepRivals(of hit: Candidate, atMost count: Int, size: (ChangedFiles) -> Int) {
        let hitSize = make(hit).map(size) ?? 0
        let isRival = { [make] (other: Candidate) in
            guard other.suspect.path == hit.suspect.path, other.suspect.line == hit.suspect.line else { return false }
            return make(other).map { size($0) < hitSize } ?? false
        }
        let rivals = waiting.filter(isRival)
        // The others come after them, for the case that no rival and not the hit itself can be proven.
        waiting = (rivals + waiting.filter { !rivals.contains($0) })[...]
        remaining = min(remaining, rivals.count, count)
    }

    /// After a hit that may well be none, only so many others count, and none of its kind.
    func keepOthers(atMost count: Int, isDoubtful: (ChangedFiles) -> Bool) {
        var others: [Candidate] = []
        var rest: [Candidate] = []
        for candidate in waiting {
            if others.count < count, let changed = make(candidate), !isDoubtful(changed) {
                others.append(candidate)
            } else {
                rest.append(candidate)
            }
        }
        waiting = (others + rest)[...]
        remaining = min(remaining, others.count)
    }

    /// Hands these out before all others.
    func putFirst(_ candidates: [Candidate]) {
        waiting = candidates + waiting
        remaining += candidates.count
    }

    /// Notes that a candidate did not end in its time. Each costs as much as many that end: where half of a line's did so, the others wait for
    /// those of all other lines that may still be handed out.
    func timedOut(at line: SourceLine) {
        let count = timeouts[line, default: 0] + 1
        timeouts[line] = count
        guard count >= Self.timeoutsBorne, 2 * count >= handedOutByLine[line, default: 0] else { return }
        let next = waiting.prefix(remaining)
        let others = next.filter { $0.suspect.place != line } + next.filter { $0.suspect.place == line }
        waiting = (others + waiting.dropFirst(remaining))[...]
    }

    /// Hands out no more than `count` further candidates; the others stay in ``rest``.
    func keepAtMost(_ count: Int) {
        remaining = min(remaining, count)
    }

    /// What was not handed out, in order.
    var rest: [Candidate] { Array(waiting) }
    var fingerprints: Set<String> { seen }
}
