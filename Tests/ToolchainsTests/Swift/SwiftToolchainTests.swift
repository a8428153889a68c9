import Foundation
import Testing
import Toolchains

@Suite("Swift", .takingTurns, .enabled(if: Machine.hasSwift, "needs bwrap and swift"))
struct SwiftToolchainTests {
    private static let package = """
        // swift-tools-version: 6.0
        import PackageDescription
        let package = Package(
            name: "Bag", targets: [.target(name: "Bag"), .testTarget(name: "BagTests", dependencies: ["Bag"])])
        """

    private static let bag = """
        public func add(_ a: Int, _ b: Int) -> Int {
            a - b
        }
        public func sixth(_ list: [Int]) -> Int {
            list[5]
        }
        public func spin() -> Int {
            var n = 1
            while n != 0 { n = n &+ 2 }
            return n
        }
        """

    private static let xctest = """
        import XCTest
        import Bag
        final class Old: XCTestCase {
            func testAdd() { XCTAssertEqual(add(1, 2), 3) }
            func testCrash() { _ = sixth([1]) }
            func testLast() {}
        }
        """

    private static let testing = """
        import Testing
        import Bag
        @Test func plain() { #expect(add(1, 2) == 3) }
        @Suite struct Group {
            @Test("with a name") func named() {}
            @Test(arguments: [1, 2]) func many(_ n: Int) { #expect(n < 2) }
            @Test func hangs() { #expect(spin() == 1) }
        }
        """

    @Test("both testing libraries give values, places, crashes and hangs; coverage tells the tests apart")
    func package() async throws {
        let bench = try Workbench([
            "Package.swift": Self.package, "Sources/Bag/Bag.swift": Self.bag, "Tests/BagTests/Old.swift": Self.xctest,
            "Tests/BagTests/New.swift": Self.testing, ".fettle.yml": "test-timeout: 2s",
        ])
        let toolchain = try bench.toolchain()
        let workspace = try await bench.workspace(for: toolchain)
        let report = try await toolchain.test(.all, stopAtFirstFailure: false, wallClock: nil, in: workspace)
        #expect(report.ending == .completed)
        let statuses = Dictionary(report.outcomes.map { ($0.id.rawValue, $0.status) }) { first, _ in first }
        #expect(
            statuses == [
                "BagTests.Old/testAdd": .failed, "BagTests.Old/testCrash": .crashed, "BagTests.Old/testLast": .passed,
                "BagTests.plain()": .failed, "BagTests.Group/named()": .passed, "BagTests.Group/many(_:)": .failed,
                "BagTests.Group/hangs()": .timedOut,
            ])
        let add = report.outcome(of: TestID("BagTests.Old/testAdd"))?.failure
        #expect(add?.expected == "3" && add?.actual == "-1")
        #expect(add?.frames == [StackFrame(path: "Tests/BagTests/Old.swift", line: 4)])
        let plain = report.outcome(of: TestID("BagTests.plain()"))?.failure
        #expect(plain?.expected == "3" && plain?.actual == "-1")
        #expect(plain?.frames == [StackFrame(path: "Tests/BagTests/New.swift", line: 3)])
        let crash = report.outcome(of: TestID("BagTests.Old/testCrash"))?.failure
        #expect(crash?.message.contains("Index out of range") == true)
        #expect(crash?.frames.first == StackFrame(path: "Sources/Bag/Bag.swift", line: 5, function: "sixth(_:)"))
        let hang = report.outcome(of: TestID("BagTests.Group/hangs()"))?.failure
        #expect(hang?.frames.first?.function == "spin()")
        #expect((7...10).contains(hang?.frames.first?.line ?? 0))

        let some = ["BagTests.plain()", "BagTests.Group/named()", "BagTests.Old/testAdd"].map { TestID($0) }
        let again = try await toolchain.test(.only(some), stopAtFirstFailure: false, wallClock: nil, in: workspace)
        #expect(Set(again.outcomes.map(\.id)) == Set(some))

        let measured = ["BagTests.plain()", "BagTests.Old/testCrash"].map { TestID($0) }
        let coverage = try await toolchain.coverage(of: measured, wallClock: nil, in: workspace)
        #expect(coverage.lines[measured[0]]?["Sources/Bag/Bag.swift"] == [1, 2, 3])
        #expect(coverage.lines[measured[1]]?["Sources/Bag/Bag.swift"]?.contains(5) == true)
        #expect(coverage.lines[measured[1]]?["Sources/Bag/Bag.swift"]?.contains(2) == false)
    }

    @Test("code that does not compile gives the compiler's messages")
    func buildError() async throws {
        let bench = try Workbench([
            "Package.swift": Self.package, "Sources/Bag/Bag.swift": "public func f() -> Int {\n    return \"\"\n}\n",
            "Tests/BagTests/New.swift": "import Testing\nimport Bag\n@Test func f() {}\n",
        ])
        let toolchain = try bench.toolchain()
        let report = try await toolchain.test(
            .all, stopAtFirstFailure: false, wallClock: nil, in: bench.workspace(for: toolchain))
        #expect(report.ending == .buildFailed)
        let error = try #require(report.diagnostics.first { $0.severity == .error })
        #expect("\(error.path):\(error.line)" == "Sources/Bag/Bag.swift:2")
        #expect(error.message.hasPrefix("cannot convert return expression"))
    }
}
