/// Which tests one start of the test program is for, by testing library.
struct SwiftTestPlan {
    enum Choice: Hashable {
        case all
        case none
        case some([TestID])
    }

    var xctest: Choice
    var testing: Choice

    init(_ selection: TestSelection) {
        switch selection {
        case .all: (xctest, testing) = (.all, .all)
        case .only(let tests):
            xctest = Self.some(tests.filter { !Self.isSwiftTesting($0) })
            testing = Self.some(tests.filter(Self.isSwiftTesting))
        }
    }

    var isEmpty: Bool { xctest == .none && testing == .none }

    /// Swift Testing's names end in parentheses, XCTest's never do.
    static func isSwiftTesting(_ test: TestID) -> Bool { test.rawValue.hasSuffix(")") }

    /// A regular expression that matches this test's full name, place included, and no other's.
    static func filter(_ test: TestID) -> String {
        let special = "\\^$.|?*+()[]{}"
        let escaped = test.rawValue.map { special.contains($0) ? "\\\($0)" : String($0) }.joined()
        return "^" + escaped + "/"
    }

    /// The script's second and further arguments.
    var arguments: [String] {
        let names: String =
            switch xctest {
            case .all: ""
            case .none: "-"
            case .some(let tests): Self.fitting(tests).map(\.rawValue).joined(separator: ",")
            }
        return switch testing {
        case .all: [names]
        case .none: [names, "-"]
        case .some(let tests): [names] + Self.fitting(tests).flatMap { ["--filter", Self.filter($0)] }
        }
    }

    /// What a start that ended early left undone.
    func remaining(after round: SwiftTestRound, done: Set<TestID>) -> SwiftTestPlan {
        var plan = self
        plan.xctest = Self.remaining(xctest, all: round.xctestTests, isCut: round.xctestWasCut, done: done)
        plan.testing = Self.remaining(testing, all: round.testingTests, isCut: round.testingWasCut, done: done)
        return plan
    }

    private static func remaining(_ choice: Choice, all: [TestID], isCut: Bool, done: Set<TestID>) -> Choice {
        switch choice {
        case .none: return .none
        case .all: return isCut ? some(all.filter { !done.contains($0) }) : .none
        case .some(let tests):
            let left = tests.filter { !done.contains($0) }
            // What did not run though nothing went wrong does not exist; what the argument list left out comes next.
            let isComplete = fitting(tests).count == tests.count
            return isCut || !isComplete ? some(left.filter { isCut || !fitting(tests).contains($0) }) : .none
        }
    }

    private static func some(_ tests: [TestID]) -> Choice { tests.isEmpty ? .none : .some(tests) }

    /// As many as one argument can hold (128 KiB on Linux).
    private static func fitting(_ tests: [TestID]) -> ArraySlice<TestID> {
        var bytes = 0
        return tests.prefix { test in
            bytes += test.rawValue.utf8.count + 1
            return bytes < 100_000
        }
    }
}
