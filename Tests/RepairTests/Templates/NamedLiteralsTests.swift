import Editing
import Repair
import Testing

@Suite("Literals that a report names")
struct NamedLiteralsTests {
    @Test(
        "numbers are read where every language writes them so",
        arguments: [
            ("It begins with 0xFFFF.", ["0xFFFF"]), ("version 1.2.3", []), ("0..<100", ["0", "100"]),
            ("1,000 of 12:05", []),
            ("about 2.5, or 3", ["2.5", "3"]), ("CRC-16", ["16"]), ("x2 and 2x and 007", []), ("0x", []),
            ("７ and 0xＦ", []),
            ("5 5 5", ["5"]), ("line 12: wrong", ["12"]),
        ])
    func numbers(text: String, expected: [String]) {
        #expect(NamedLiterals(in: text).numbers == expected)
    }

    @Test(
        "strings are read without their quotes, whole ones alone",
        arguments: [
            ("the sign is `±`", ["±"]), ("```\ncode\n```", []), ("don't say 'no'", ["no"]), ("“so” it is", ["so"]),
            ("`say \"a\"` gives \"b\"", ["b"]), ("an \"open end\n of\" a line", []), ("\"a\\n\" and \"a\"", ["a"]),
        ])
    func strings(text: String, expected: [String]) {
        #expect(NamedLiterals(in: text).strings == expected)
    }

    @Test("what a report names is a candidate, and never ranks behind where it would stand without the report")
    func candidates() throws {
        let source = Array("crc = 0\nsign = \"-\"\nplus = \"+\"\n".utf8)
        let file = SourceFile(path: "a.py", bytes: source, language: .python)
        let lines = [(line: 1, suspiciousness: 1.0), (line: 2, suspiciousness: 1.0)]
        func ranks(_ report: String) throws -> [String] {
            try TemplateEnumerator(named: NamedLiterals(in: report)).edits(for: lines, in: file).map {
                String(decoding: try FileEdit.apply($0.edits, to: source), as: UTF8.self)
            }
        }
        let with = try ranks("It begins with 0xFFFF, the sign is `±`.")
        #expect(with.contains("crc = 0xFFFF\nsign = \"-\"\nplus = \"+\"\n"))
        #expect(with.contains("crc = 0\nsign = \"±\"\nplus = \"+\"\n"))
        for (report, wanted) in [
            ("It begins with 1.", "crc = 1\nsign = \"-\"\nplus = \"+\"\n"),
            ("The sign is `+`.", "crc = 0\nsign = \"+\"\nplus = \"+\"\n"),
        ] {
            let before = try #require(try ranks("").firstIndex(of: wanted))
            let after = try #require(try ranks(report).firstIndex(of: wanted))
            #expect(after <= before, "\(report)")
        }
    }

    @Test("whatever a report holds, it is read", arguments: 0..<50)
    func anyReport(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "0x", "1", ".", ",", "\"", "'", "`", "“", "”", " ", "\n", "a", "_", "é", "\u{301}", "ff", "\\", "\r\n",
        ]
        let text = (0..<60).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        let named = NamedLiterals(in: text)
        #expect(
            named.strings.allSatisfy { text.contains($0) && $0.allSatisfy { !"\"'`\\".contains($0) && !$0.isNewline } })
        for number in named.numbers {
            #expect(Double(number) != nil && !number.hasSuffix("."), "\(number)")
        }
    }
}
