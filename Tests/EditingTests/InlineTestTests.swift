import Editing
import Testing

@Suite("Tests among the code")
struct InlineTestTests {
    private func lines(_ text: String) -> [ClosedRange<Int>] {
        SourceFile(path: "lib.rs", bytes: Array(text.utf8), language: .rust).inlineTestLines
    }

    @Test(
        "the items under an attribute of tests, to their end",
        arguments: [
            ("fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n", [2...5]),
            ("#[test]\nfn b() {\n}\n", [1...3]), ("#[cfg(test)]\nmod tests;\nfn a() {}\n", [1...2]),
            ("#[tokio::test(flavor = \"x\")]\nasync fn b() {\n}\n", [1...3]),
            ("#[cfg(all(test, unix))]\nmod t {\n}\n", [1...3]), ("#[cfg(not(test))]\nfn a() {\n}\n", []),
            ("#[derive(Debug)]\nstruct Test;\n", []), ("#[cfg(test)]\nfn b(x: [u8; 2]) {\n", [1...2]), ("#", []),
            ("#![cfg(test)]\nfn b() {}\n", [1...3]),
        ])
    func extents(text: String, expected: [ClosedRange<Int>]) {
        #expect(lines(text) == expected)
    }

    @Test("other languages have none")
    func others() {
        let file = SourceFile(path: "a.c", bytes: Array("#[test]\nint f() {}\n".utf8), language: .c)
        #expect(file.inlineTestLines.isEmpty && file.inlineTests.isEmpty)
    }
}
