import Glibc
import Sandboxing
import Testing

@Suite("Toolchains, with the network off", .takingTurns)
struct ToolchainTests {
    @Test("pytest runs with the Python that the user has")
    func pytest() async throws {
        let fixture = try Fixture()
        try fixture.write("def test_add():\n    assert 1 + 1 == 2\n", to: "tests/test_add.py")
        let result = try await fixture.run(["python3", "-m", "pytest", "-q", "tests"], profile: "python")
        #expect(result.ending == .exited(0), "\(result.standardOutput.text)\(result.standardError.text)")
        #expect(result.standardOutput.text.contains("1 passed"))
    }

    @Test(
        "unittest runs with the system's Python",
        .enabled(if: access("/usr/bin/python3", X_OK) == 0, "no python3 in /usr/bin"))
    func unittest() async throws {
        let fixture = try Fixture()
        try fixture.write(
            "import unittest\nclass T(unittest.TestCase):\n    def test_add(self):\n        self.assertEqual(2, 1 + 1)\n",
            to: "test_add.py")
        let result = try await fixture.run(["/usr/bin/python3", "-m", "unittest"], profile: "python")
        #expect(result.ending == .exited(0), "\(result.standardError.text)")
    }

    @Test("a Swift package is built and tested")
    func swiftPackage() async throws {
        let fixture = try Fixture()
        try fixture.write(
            """
            // swift-tools-version: 6.0
            import PackageDescription
            let package = Package(name: "Tiny", targets: [.target(name: "Tiny"), .testTarget(name: "TinyTests", dependencies: ["Tiny"])])
            """, to: "Package.swift")
        try fixture.write("public func two() -> Int { 2 }\n", to: "Sources/Tiny/Tiny.swift")
        try fixture.write(
            "import Testing\nimport Tiny\n@Test func isTwo() { #expect(two() == 2) }\n",
            to: "Tests/TinyTests/TinyTests.swift")
        let result = try await fixture.run(["swift", "test"], profile: "swift")
        #expect(result.ending == .exited(0), "\(result.standardOutput.text)\(result.standardError.text)")
        #expect(result.standardOutput.text.contains("1 test"))
    }

    @Test("a C program is built with CMake, tested with ctest, and its crash read by gdb")
    func cmake() async throws {
        let fixture = try Fixture()
        try fixture.write(
            """
            cmake_minimum_required(VERSION 3.13)
            project(tiny C)
            set(CMAKE_C_FLAGS "-g -O0")
            add_executable(tiny tiny.c)
            enable_testing()
            add_test(NAME runs COMMAND tiny)
            """, to: "CMakeLists.txt")
        try fixture.write(
            "int crash(volatile int *p) { return *p; }\nint main(int c, char **v) { return c > 1 ? crash(0) : 0; }\n",
            to: "tiny.c")
        let built = try await fixture.run(
            ["sh", "-ec", "cmake -B build >&2; cmake --build build >&2; ctest --test-dir build"], profile: "c")
        #expect(built.ending == .exited(0), "\(built.standardOutput.text)\(built.standardError.text)")
        let traced = try await fixture.run(
            ["gdb", "-batch", "-ex", "run", "-ex", "bt", "--args", "build/tiny", "1"], profile: "c")
        #expect(
            traced.standardOutput.text.contains("crash"), "\(traced.standardOutput.text)\(traced.standardError.text)")
        #expect(traced.standardOutput.text.contains("#1"))
    }
}
