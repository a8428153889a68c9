import Sandboxing

/// Where a program crashes or hangs, by running it once more under gdb.
struct Backtrace {
    /// Innermost first, in the worktree; empty where gdb is absent or the program behaves this time.
    static func frames(
        of program: [String], directory: String, limit: Duration, in workspace: Workspace
    ) async throws(ToolchainError) -> [StackFrame] {
        // gdb's own start counts too.
        let seconds = Int(limit.inSeconds.rounded(.up)) + 2
        // On a busy machine the first alarm may ring before the program is in its own code.
        for seconds in [seconds, 4 * seconds + 20] {
            let output = try await output(of: program, directory: directory, alarm: seconds, in: workspace)
            // The C library's own sources have relative paths too.
            let frames = parse(output, folder: directory)
                .filter { HostFiles.exists(workspace.path + "/" + $0.path) }
            if !frames.isEmpty || !output.contains("SIGALRM,") { return frames }
        }
        return []
    }

    /// What gdb prints of the program's end, or of where it is after so many seconds.
    private static func output(
        of program: [String], directory: String, alarm seconds: Int, in workspace: Workspace
    ) async throws(ToolchainError) -> String {
        let folder = try CommandFolder(in: workspace)
        defer { folder.remove() }
        // The alarm outlives exec, and gdb stops at it: where the program is then is where it hangs.
        let alarm = ["perl", "-e", "alarm shift; exec @ARGV", "\(seconds)"]
        var command = Command(
            [
                "gdb", "-batch", "-nx", "-iex", "set debuginfod enabled off", "-ex", "handle SIGALRM stop", "-ex",
                "run", "-ex", "bt 60", "-ex", "kill", "--args",
            ] + alarm + program)
        command.workingDirectory = directory
        command.wallClock = .seconds(seconds + 20)
        return try await folder.run(command, in: workspace).standardOutput.text
    }

    /// `#3  0x0000555 in first (p=0x0) at src/calc.c:6`
    static func parse(_ text: String, folder: String) -> [StackFrame] {
        text.split(whereSeparator: \.isNewline).compactMap { line -> StackFrame? in
            guard line.hasPrefix("#"), line.dropFirst().first?.isNumber == true,
                let at = line.firstRange(of: " at "), let place = SourcePlace(line[at.upperBound...], folder: folder)
            else { return nil }
            var words = line[..<at.lowerBound].split(separator: " ").dropFirst()
            if words.first?.hasPrefix("0x") == true { words = words.dropFirst(2) }
            return StackFrame(path: place.path, line: place.line, function: words.first.map(String.init))
        }
    }
}

extension TestOutcome {
    /// The outcome with frames from a debugger in front of those that its own output gave.
    func adding(_ frames: [StackFrame]) -> TestOutcome {
        guard !frames.isEmpty else { return self }
        var outcome = self
        var failure = failure ?? TestFailure(kind: status == .timedOut ? "timeout" : "crash", message: "")
        failure.frames = (frames + failure.frames).uniqued()
        outcome.failure = failure
        return outcome
    }
}
