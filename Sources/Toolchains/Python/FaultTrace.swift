import Sandboxing

/// What faulthandler wrote when a test could not be interrupted, or killed the process.
///
/// ```
/// Fatal Python error: Segmentation fault
///
/// Current thread 0x00007f (most recent call first):
///   File "/worktree/parser.py", line 12 in parse
/// ```
struct FaultTrace {
    /// `Segmentation fault`, or nil for a time limit.
    private(set) var error: String?
    private(set) var isTimeout = false
    /// Of the thread that says most about the worktree.
    private(set) var frames: [StackFrame] = []

    init(parsing bytes: [UInt8]) {
        var thread: [StackFrame] = []
        var isCurrent = false
        func close(_ frames: inout [StackFrame]) {
            if frames.isEmpty || isCurrent && !thread.isEmpty { frames = thread }
            thread = []
        }
        var best: [StackFrame] = []
        for line in String(decoding: bytes.prefix(1 << 20), as: UTF8.self).split(whereSeparator: \.isNewline) {
            if line.hasPrefix("Timeout (") {
                isTimeout = true
            } else if line.hasPrefix("Fatal Python error: ") {
                error = String(line.dropFirst("Fatal Python error: ".count).prefix(200))
            } else if line.hasPrefix("Current thread ") || line.hasPrefix("Thread ") {
                close(&best)
                isCurrent = line.hasPrefix("Current")
            } else if let frame = Self.frame(line), thread.count < 60 {
                thread.append(frame)
            }
        }
        close(&best)
        frames = best
    }

    func failure(_ status: TestOutcome.Status) -> TestFailure {
        let kind = status == .timedOut ? "timeout" : "crash"
        let message = status == .timedOut ? "did not end" : error ?? "the process ended before the test did"
        return TestFailure(kind: kind, message: message, frames: frames)
    }

    /// `  File "/worktree/a.py", line 3 in f`
    private static func frame(_ line: Substring) -> StackFrame? {
        let opening = "  File \"" + Sandbox.worktreePath + "/"
        guard line.hasPrefix(opening), let quote = line.lastIndex(of: "\"") else { return nil }
        let pathStart = line.index(line.startIndex, offsetBy: opening.count)
        guard pathStart <= quote else { return nil }
        let path = String(line[pathStart..<quote])
        let words = line[quote...].split(separator: " ", maxSplits: 4)  // `",` line 3 in f
        guard words.count == 5, words[1] == "line", let number = Int(words[2]), number > 0, RelativePath.isSafe(path)
        else { return nil }
        return StackFrame(path: path, line: number, function: String(words[4]))
    }
}
