import Testing

@testable import Inference

private func constraint(_ gbnf: String) throws -> GrammarConstraint {
    GrammarConstraint(try Grammar(gbnf: gbnf), trie: SmallVocabulary.bytes.trie)
}

@Suite struct GrammarTests {
    @Test(
        "every notation means what it says",
        arguments: [
            (#"root ::= "a" "b""#, ["ab"], ["", "a", "abc"]),
            (#"root ::= "yes" | "no""#, ["yes", "no"], ["ye", "yesno"]),
            ("root ::=\n  \"a\"\n  | \"b\" # a comment\n  | \"c\"\n", ["a", "b", "c"], ["ab"]),
            (#"root ::= ("a" | "b")+ "c"?"#, ["a", "bab", "abc"], ["", "c", "acc"]),
            ("root ::= (\n  \"a\"\n  \"b\"\n)*", ["", "abab"], ["aba"]),
            (#"root ::= "a"{2}"#, ["aa"], ["a", "aaa"]),
            (#"root ::= "a"{2,}"#, ["aa", "aaaaa"], ["a"]),
            (#"root ::= "a"{1,3} "b"{,1}"#, ["a", "aaab"], ["aaaa", "b", "abb"]),
            (#"root ::= "ab"*"#, ["", "abab"], ["aba", "abb"]),
            (#"root ::= ("a"? "b"?)*"#, ["", "abba", "bbb"], ["c"]),
            (#"root ::= [a-c_x-]+"#, ["abc", "_-x"], ["d", "y"]),
            (#"root ::= [^a-c\n]"#, ["d", "é", "😀"], ["a", "\n", "dd", ""]),
            (#"root ::= [\x41\u00e9\U0001F600\]\\]+"#, ["Aé😀]\\"], ["a"]),
            (#"root ::= "\"\t\x21""#, ["\"\t!"], ["\""]),
            (#"root ::= . ."#, ["é😀", "\n\n"], ["é"]),
            (#"root ::= a-1  a-1 ::= "(" a-1 ")" | """#, ["", "((()))"], ["(()", "())"]),
            (
                "root ::= expr\nexpr ::= term (\"+\" term)*\nterm ::= [0-9]+ | \"(\" expr \")\"", ["1+(2+34)"],
                ["1+", "(1"]
            ),
        ])
    func notation(gbnf: String, accepted: [String], rejected: [String]) throws {
        let gbnf = gbnf.replacing("  a-1 ::=", with: "\na-1 ::=")
        let constraint = try constraint(gbnf)
        for text in accepted { #expect(constraint.accepts(text.utf8), "\(text)") }
        for text in rejected { #expect(!constraint.accepts(text.utf8), "\(text)") }
    }

    @Test(
        "an error names its line and column",
        arguments: [
            ("", "grammar:1:1: no rule is called root"),
            ("root ::= \"a", "grammar:1:10: this quoted text never ends"),
            ("root ::= \"a\"\n  ::= b", "grammar:2:3: expected the name of a rule, found `:`"),
            ("root = \"a\"", "grammar:1:6: expected ::= after root, found `=`"),
            ("root ::= (\"a\"\n\n", "grammar:3:1: expected ) for the ( of 1:10, found the end of the grammar"),
            ("root ::= \"a\"\nb ::= missing", "grammar:2:7: no rule is called missing"),
            ("root ::= \"a\"\n\nroot ::= \"b\"", "grammar:3:1: root is defined twice, first in line 1"),
            ("root ::= *", "grammar:1:10: nothing stands before `*` to repeat"),
            ("root ::= \"a\"{3,2}", "grammar:1:13: {3,2} can never be met"),
            ("root ::= \"a\"{99999}", "grammar:1:14: at most 10000 repetitions"),
            ("root ::= \"a\"{x}", "grammar:1:13: expected a number after {"),
            ("root ::= [z-a]", "grammar:1:11: this range runs backwards"),
            ("root ::= [a", "grammar:1:10: this character class never ends"),
            ("root ::= []", "grammar:1:10: no character is in this class"),
            ("root ::= \"é\\q\"", "grammar:1:12: \\q is no escape"),
            ("root ::= \"\\u00\"", "grammar:1:11: expected 4 hexadecimal digits"),
            ("root ::= \"\\ud800\"", "grammar:1:11: this escape names no character"),
            ("root ::= \"a\" )", "grammar:1:14: expected the end of the line, found `)`"),
            ("root ::= <think>", "grammar:1:10: references to tokens are not supported"),
            (String(repeating: "root ::= ", count: 1) + String(repeating: "(", count: 500), "grammar:1:74: groups are"),
        ])
    func errors(gbnf: String, message: String) {
        let error = #expect(throws: InferenceError.self) { try Grammar(gbnf: gbnf) }
        #expect(error?.code == .invalidGrammar)
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }

    @Test(
        "left recursion is refused with its circle, however well it hides",
        arguments: [
            ("root ::= root \"a\" | \"b\"", "root → root"),
            ("root ::= a\na ::= b \"x\"\nb ::= a | \"y\"", "a → b → a"),
            ("root ::= ws root \"x\" | \"y\"\nws ::= \" \"*", "root → root"),
            ("root ::= (\"a\"? | root)* \"z\"", "root → root"),
            ("root ::= \"a\" b\nb ::= [x]{0,3} b", "b → b"),
        ])
    func leftRecursion(gbnf: String, circle: String) {
        let error = #expect(throws: InferenceError.self) { try Grammar(gbnf: gbnf) }
        #expect(error?.message.contains(circle) == true, "\(error?.message ?? "")")
    }

    @Test("JSON is recognised, nested deeply too")
    func json() throws {
        let json = try constraint(
            #"""
            root   ::= object
            value  ::= object | array | string | number | ("true" | "false" | "null") ws
            object ::= "{" ws (
                        string ":" ws value
                ("," ws string ":" ws value)*
              )? "}" ws
            array  ::= "[" ws (
                        value
                ("," ws value)*
              )? "]" ws
            string ::=
              "\"" (
                [^"\\\x7F\x00-\x1F] |
                "\\" (["\\bfnrt] | "u" [0-9a-fA-F]{4})
              )* "\"" ws
            number ::= ("-"? ([0-9] | [1-9] [0-9]{0,15})) ("." [0-9]+)? ([eE] [-+]? [0-9] [1-9]{0,15})? ws
            ws ::= | " " | "\n" [ \t]{0,20}
            """#)
        #expect(json.accepts(#"{"a": [1, -2.5e3, "é\u00e9\n"], "b":{}}"#.utf8))
        #expect(!json.accepts(#"{"a": 01}"#.utf8))
        #expect(!json.accepts(#"{"a": "\x"}"#.utf8))
        let deep = "{\"a\":" + String(repeating: "[", count: 500) + String(repeating: "]", count: 500) + "}"
        #expect(json.accepts(deep.utf8))
    }

    @Test("code points are spelled in exactly their UTF-8")
    func utf8() {
        var generator = SeededGenerator(seed: 3)
        let edges: [UInt32] = [0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF]
        for round in 0..<300 {
            func point() -> UInt32 {
                round % 2 == 0 ? edges[generator.below(edges.count)] : UInt32(generator.below(0x110000))
            }
            let (first, second) = (point(), point())
            let range = min(first, second)...max(first, second)
            let sequences = CodePoints.normalised([range]).flatMap(CodePoints.byteSequences)
            for probe in edges + (0..<40).map({ _ in UInt32(generator.below(0x110000)) }) + [
                range.lowerBound, range.upperBound,
            ] {
                guard let scalar = Unicode.Scalar(probe) else { continue }
                let bytes = Array(String(Character(scalar)).utf8)
                let matches = sequences.count { sequence in
                    sequence.count == bytes.count && zip(sequence, bytes).allSatisfy { $0.contains($1) }
                }
                #expect(matches == (range.contains(probe) ? 1 : 0), "\(range) \(probe)")
            }
        }
    }

    @Test("nothing follows a complete text, and nothing follows a wrong turn")
    func exhausted() throws {
        var grammar = try constraint(#"root ::= "a" "b"?"#)
        #expect(!grammar.allowsEnd && !grammar.isExhausted)
        grammar.accept(Token(UInt8(ascii: "a")) + 1)
        #expect(grammar.allowsEnd && !grammar.isExhausted)
        var other = grammar
        grammar.accept(Token(UInt8(ascii: "b")) + 1)
        #expect(grammar.allowsEnd && grammar.isExhausted)
        #expect(SmallVocabulary.bytes.allowed(by: grammar) == [0])
        other.accept(Token(UInt8(ascii: "c")) + 1)
        #expect(!other.allowsEnd && other.isExhausted)
        #expect(SmallVocabulary.bytes.allowed(by: other) == [])
        for token in [-7, 0, 257, 5_000] as [Token] {
            var strange = try constraint(#"root ::= "a""#)
            strange.accept(token)
            #expect(strange.isExhausted)
        }
    }

    @Test("a machine begun anew goes on where it was")
    func renewed() throws {
        let grammar = try Grammar(gbnf: #"root ::= "(" root ")" | [a-z]{0,5}"#)
        var states = GrammarStates(grammar)
        let deep = "((((((ab".utf8.reduce(states.start) { states.next($0, $1) }
        var (renewed, state) = states.renewed(keeping: deep)
        for byte in "cde))))))".utf8 {
            #expect(!renewed.allowsEnd(state))
            state = renewed.next(state, byte)
        }
        #expect(renewed.allowsEnd(state) && renewed.isExhausted(state))
    }
}
