import Glibc
import Sandboxing
import Testing

/// Real compilers and interpreters, with no network and no way to write but in the worktree.
@Suite("Languages in their sandboxes", .takingTurns)
struct LanguageToolchainTests {
    @Test("cargo builds and tests a crate", .enabled(if: has("cargo"), "no cargo on the PATH"))
    func cargo() async throws {
        let fixture = try Fixture()
        try fixture.write("[package]\nname = \"tiny\"\nversion = \"0.1.0\"\nedition = \"2021\"\n", to: "Cargo.toml")
        try fixture.write(
            """
            pub fn two() -> u32 { 2 }
            #[test] fn is_two() { assert_eq!(two(), 2); }
            """, to: "src/lib.rs")
        try fixture.write("fn main() { println!(\"{}\", tiny::two()); }\n", to: "src/main.rs")
        let result = try await fixture.run(["sh", "-ec", "cargo build; cargo test; cargo run"], profile: "rust")
        #expect(result.ending == .exited(0), "\(result.standardError.text)")
        #expect(result.standardOutput.text.contains("1 passed"))
        #expect(result.standardOutput.text.hasSuffix("2\n"))
    }

    @Test("node runs its own tests, with a heap that fits the limit", .enabled(if: has("node"), "no node on the PATH"))
    func node() async throws {
        let fixture = try Fixture()
        try fixture.write(
            "const test = require('node:test');\ntest('adds', () => require('node:assert').equal(1 + 1, 2));\n",
            to: "add.test.js")
        let result = try await fixture.run(["node", "--test"], profile: "node")
        #expect(result.ending == .exited(0), "\(result.standardOutput.text)\(result.standardError.text)")
        #expect(result.standardOutput.text.contains("pass 1"))
        let heap = try await fixture.run(
            ["node", "-p", "require('v8').getHeapStatistics().heap_size_limit"], profile: "node"
        ) { $0.limits.memory = 1 << 30 }
        let bytes = try #require(Int(heap.standardOutput.text.filter(\.isNumber)), "\(heap.standardError.text)")
        #expect(bytes < 1 << 30)
    }

    @Test(
        "Java is compiled and run, with a heap that fits the limit",
        .enabled(if: has("javac") && has("java"), "no JDK on the PATH"))
    func java() async throws {
        let fixture = try Fixture()
        try fixture.write(
            """
            public class Tiny {
                static int two() { return 2; }
                public static void main(String[] arguments) {
                    if (two() != 2) System.exit(1);
                    System.out.println(Runtime.getRuntime().maxMemory());
                }
            }
            """, to: "Tiny.java")
        let result = try await fixture.run(["sh", "-ec", "javac -d out Tiny.java; java -cp out Tiny"], profile: "java")
        {
            $0.limits.memory = 1 << 30
        }
        #expect(result.ending == .exited(0), "\(result.standardError.text)")
        let bytes = try #require(Int(result.standardOutput.text.filter(\.isNumber)))
        #expect(bytes < 1 << 30)
    }

    @Test("C is built and tested with make", .enabled(if: has("make") && has("cc"), "no make or no cc on the PATH"))
    func make() async throws {
        let fixture = try Fixture()
        try fixture.write("check: tiny\n\t./tiny\ntiny: tiny.c\n\tcc -g -fsanitize=address -o $@ $<\n", to: "Makefile")
        try fixture.write("#include <stdlib.h>\nint main(void) { free(malloc(9)); return 0; }\n", to: "tiny.c")
        let result = try await fixture.run(["make", "check"], profile: "c")
        #expect(result.ending == .exited(0), "\(result.standardError.text)")
    }

    @Test("C++ is built with its own library", .enabled(if: has("g++"), "no g++ on the PATH"))
    func cPlusPlus() async throws {
        let fixture = try Fixture()
        try fixture.write(
            """
            #include <iostream>
            #include <thread>
            int main() { std::thread([] { std::cout << "two\\n"; }).join(); }
            """, to: "tiny.cpp")
        let result = try await fixture.run(
            ["sh", "-ec", "g++ -std=c++17 -o tiny tiny.cpp -pthread; ./tiny"], profile: "c")
        #expect(result.ending == .exited(0), "\(result.standardError.text)")
        #expect(result.standardOutput.text == "two\n")
    }

    @Test("what lies beside a toolchain in the home folder is not there", .enabled(if: has("cargo"), "no cargo"))
    func nothingBeside() async throws {
        let home = String(cString: try #require(getenv("HOME")))
        let result = try await Fixture().run(
            ["sh", "-c", "ls -A '\(home)' '\(home)/.cargo' '\(home)/.rustup'; ls -A ~/.cargo"], profile: "rust")
        let seen = Set(result.standardOutput.text.split(separator: "\n").filter { !$0.hasSuffix(":") && !$0.isEmpty })
        #expect(seen.isSubset(of: [".rustup", "toolchains", "registry", "git", ".cargo"]), "\(seen)")
    }
}

private func has(_ name: String) -> Bool {
    guard let path = getenv("PATH") else { return false }
    return String(cString: path).split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
}
