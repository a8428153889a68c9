import Repair
import Testing
import Toolchains

@Suite("Localisation by what tests call")
struct CallLocaliserTests {
    private static let rust = """
        pub fn parse(text: &str) -> i32 {
            digit(text)
        }

        fn digit(text: &str) -> i32 {
            text.len() as i32
        }

        pub fn show(n: i32) -> String {
            n.to_string()
        }

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn parses() {
                assert_eq!(parse("7"), 7);
            }

            #[test]
            fn shows() {
                assert_eq!(show(7), "7");
            }
        }
        """

    @Test("what the failing test calls, and what that calls in turn, is suspect; what passing tests call alone is not")
    func inlineTests() {
        let files = ["src/lib.rs": Array(Self.rust.utf8)]
        let failing = TestOutcome(
            id: "tests::parses", status: .failed,
            failure: TestFailure(
                kind: "assertion", message: "", frames: [StackFrame(path: "src/lib.rs", line: 19)]))
        let found = CallLocaliser(sources: files, tests: files).suspects(failing: [failing], passing: ["tests::shows"])
        #expect(Set(found.map(\.line)) == Set(1...3).union(5...7))
        let byLine = Dictionary(found.map { ($0.line, $0.suspiciousness) }, uniquingKeysWith: max)
        #expect(byLine[2, default: 0] > byLine[6, default: 0])
    }

    @Test("a test that is a call with a closure is found by its name in quotes")
    func closures() {
        let source = "function total(xs) {\n  return xs.length;\n}\nfunction merge(xs) {\n  return xs;\n}\n"
        let test =
            "// total\ntest('adds up', () => {\n  equal(total([1]), 1);\n});\ntest('merges', () => {\n  merge([]);\n});\n"
        let localiser = CallLocaliser(
            sources: ["lib/a.js": Array(source.utf8)], tests: ["test/a.test.js": Array(test.utf8)])
        let found = localiser.suspects(failing: [TestOutcome(id: "adds up", status: .failed)], passing: ["merges"])
        #expect(Set(found.map(\.line)) == Set(1...3))
    }
}
