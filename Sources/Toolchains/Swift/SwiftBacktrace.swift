/// What the Swift runtime prints when a process crashes: the reason, and each thread's frames.
///
/// ```
/// Swift/ContiguousArrayBuffer.swift:692: Fatal error: Index out of range
/// *** Program crashed: Illegal instruction at 0x00007fccd6d6df7f ***
/// Thread 0 "BagPackageTests" crashed:
///   3 [ra]          0x00005634f8b4f551 crash(_:) + 32 in BagPackageTests.xctest at /worktree/Sources/Bag/Bag.swift:5:6
/// ```
struct SwiftBacktrace {
    /// `Fatal error: Index out of range`, or the signal where there is no such line.
    private(set) var reason: String?
    /// Of the crashed thread, or of the first that is in the worktree where the crashed one is not.
    private(set) var frames: [StackFrame] = []

    init(parsing text: String) {
        var signal: String?
        var threads: [[StackFrame]] = []
        for line in text.split(whereSeparator: \.isNewline) {
            if let mark = line.firstRange(of: "Fatal error") {
                reason = reason ?? String(line[mark.lowerBound...].prefix(1000))
            } else if line.hasPrefix("*** Program crashed: ") {
                signal = line.dropFirst("*** Program crashed: ".count).firstRange(of: " at ").map { range in
                    String(
                        line[line.index(line.startIndex, offsetBy: "*** Program crashed: ".count)..<range.lowerBound])
                }
            } else if line.hasPrefix("Thread ") {
                line.hasSuffix("crashed:") ? threads.insert([], at: 0) : threads.append([])
                isCrashed = line.hasSuffix("crashed:")
            } else if let frame = Self.frame(line), !threads.isEmpty {
                let thread = isCrashed ? 0 : threads.count - 1
                if threads[thread].count < 60 { threads[thread].append(frame) }
            }
        }
        reason = reason ?? signal
        frames = threads.first { !$0.isEmpty } ?? []
    }

    private var isCrashed = false

    /// A frame at an instruction that belongs to no line has line 0 here; ``TestOutcome/located(in:)`` finds it one.
    private static func frame(_ line: Substring) -> StackFrame? {
        guard let start = line.firstRange(of: " 0x"), let at = line.firstRange(of: " at /worktree/"),
            start.upperBound < at.lowerBound, !line.contains("/.build/")
        else { return nil }
        let source = line[at.lowerBound...].dropFirst(" at ".count)
        let place = SourcePlace(source)
        guard let path = place?.path ?? RelativePath.inWorktree(source) else { return nil }
        let function = line[start.upperBound..<at.lowerBound].drop { $0 != " " }.dropFirst()
        let name = function.firstRange(of: " in ").map { function[..<$0.lowerBound] } ?? function
        let bare = name.firstRange(of: " + ").map { name[..<$0.lowerBound] } ?? name
        return StackFrame(path: path, line: place?.line ?? 0, function: String(bare))
    }
}

extension TestOutcome {
    /// Gives frames without a line that of their function's declaration, and drops those that have none.
    func located(in worktree: String) -> TestOutcome {
        guard failure?.frames.contains(where: { $0.line < 1 }) == true else { return self }
        var outcome = self
        outcome.failure?.frames = (failure?.frames ?? []).compactMap { frame in
            guard frame.line < 1 else { return frame }
            let name = frame.function?.split(separator: "(").first?.split(separator: ".").last ?? ""
            guard let text = HostFiles.text(worktree + "/" + frame.path),
                let line = text.split(separator: "\n", omittingEmptySubsequences: false)
                    .firstIndex(where: { $0.contains("func \(name)(") || $0.contains("func \(name)<") })
            else { return nil }
            return StackFrame(path: frame.path, line: line + 1, function: frame.function)
        }
        return outcome
    }
}
