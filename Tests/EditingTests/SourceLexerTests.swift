import Editing
import Testing

@Suite("Source lexer")
struct SourceLexerTests {
    /// Code tokens as `kind:text`, kinds by their first letter.
    private func lex(_ source: String, _ language: SourceLanguage) -> [String] {
        let file = SourceFile(path: "x", bytes: Array(source.utf8), language: language)
        return file.tokens.filter { $0.kind != .newline }.map {
            "\("\($0.kind)".prefix(1)):\(file.text(ofBytes: $0.range))"
        }
    }

    @Test(
        "a path's extension tells the language",
        arguments: [
            ("a/b.py", SourceLanguage.python), ("b.swift", .swift), ("x.hpp", .c), ("X.C", .c), ("a.tsx", .javaScript),
            ("A.java", .java), ("lib.rs", .rust), ("main.go", .go),
        ])
    func extensions(path: String, language: SourceLanguage) {
        #expect(SourceLanguage(path: path) == language)
    }

    @Test("a path of no known language has none", arguments: ["README", "a.txt", ".py", "a.py/b", ""])
    func unknownExtensions(path: String) {
        #expect(SourceLanguage(path: path) == nil)
    }

    @Test("Python: prefixes, triple quotes, comments and continuations")
    func python() {
        let source = #"""
            x = f"{a}" + rb'\'' # done
            y = """a
            "b" """ \
              if x >= 1.5e-3 else not_a_keyword
            """#
        #expect(
            lex(source, .python) == [
                "i:x", "o:=", "s:f\"{a}\"", "o:+", #"s:rb'\''"#, "c:# done", "i:y", "o:=", "s:\"\"\"a\n\"b\" \"\"\"",
                "k:if", "i:x", "o:>=", "n:1.5e-3", "k:else", "i:not_a_keyword",
            ])
    }

    @Test("Swift: interpolation nests, raw strings end at their hashes, ranges are not numbers")
    func swift() {
        let source =
            #####"let s = "a\(f("b)"))c" + #"\("raw"# ; for i in 0..<n { `in` = x.default /* a /* b */ */ }"#####
        #expect(
            lex(source, .swift) == [
                "k:let", "i:s", "o:=", #"s:"a\(f("b)"))c""#, "o:+", ####"s:#"\("raw"#"####, "p:;", "k:for", "i:i",
                "k:in",
                "n:0", "o:..<", "i:n", "p:{", "i:`in`", "o:=", "i:x", "p:.", "i:default", "c:/* a /* b */ */", "p:}",
            ])
    }

    @Test("C: directives, characters, casts, arrows; what a macro defines is tokens")
    func c() {
        let source = "#include <a.h>\n#define N 10\nchar c = '\\''; p->x = R\"(a\"b)\" ;//x"
        #expect(
            lex(source, .c) == [
                "d:#include <a.h>", "d:#define", "i:N", "n:10", "k:char", "i:c", "o:=", #"s:'\''"#, "p:;", "i:p",
                "o:->",
                "i:x", "o:=", "s:R\"(a\"b)\"", "p:;", "c://x",
            ])
    }

    @Test("JavaScript: a slash after an operand divides, elsewhere it opens a regular expression")
    func javaScript() {
        #expect(
            lex("a = b / c / d; r = /[/]x/g; t = `a${`b${c}`}d`", .javaScript) == [
                "i:a", "o:=", "i:b", "o:/", "i:c", "o:/", "i:d", "p:;", "i:r", "o:=", "s:/[/]x/g", "p:;", "i:t", "o:=",
                "s:`a${`b${c}`}d`",
            ])
    }

    @Test("Rust: lifetimes are not characters, ranges are not numbers")
    func rust() {
        #expect(
            lex("fn f<'a>(s: &'a str) { r#\"a\"b\"#; 'x'; 1..2; x.0 }", .rust) == [
                "k:fn", "i:f", "p:<", "p:'a", "p:>", "p:(", "i:s", "p::", "o:&", "p:'a", "k:str", "p:)", "p:{",
                "s:r#\"a\"b\"#", "p:;", "s:'x'", "p:;", "n:1", "o:..", "n:2", "p:;", "i:x", "p:.", "n:0", "p:}",
            ])
    }

    @Test("Go: raw strings take backslashes as they are")
    func go() {
        #expect(lex("x := `a\\` + 'b'", .go) == ["i:x", "o::=", "s:`a\\`", "o:+", "s:'b'"])
    }

    @Test(
        "angle brackets of generic arguments are punctuation, comparisons stay operators",
        arguments: [
            ("Map<String, List<Int>> m = a < b;", SourceLanguage.java, 3, 1),
            ("let d: Array<Int> = f(a<b, c)", .swift, 2, 1),
            ("if (i<n && j>m) { x = v >> 1; }", .c, 0, 3),
            ("let v = Vec::<u8>::new(); a < b", .rust, 2, 1),
            ("for(i=0;i<n;i++) std::vector<int> x;", .c, 2, 1),
        ])
    func generics(source: String, language: SourceLanguage, punctuation: Int, operators: Int) {
        let angles = lex(source, language).filter { $0.hasSuffix("<") || $0.hasSuffix(">") }
        let closers = language == .java ? 4 : punctuation
        #expect(angles.filter { $0.hasPrefix("p") }.count == closers)
        #expect(angles.filter { $0.hasPrefix("o") }.count == operators)
    }

    @Test("lines are counted from one, through strings and comments")
    func lines() {
        let file = SourceFile(path: "x", bytes: Array("a\r\n'''b\n'''\nc # d\ne".utf8), language: .python)
        #expect(file.code.map(\.line) == [1, 2, 4, 5])
        #expect(file.lineCount == 5)
        #expect(file.text(of: file.tokens(onLine: 4)) == "c")
        #expect(file.tokens(onLine: 99).isEmpty)
    }

    @Test("any bytes lex to tokens that cover the file", arguments: SourceLanguage.allCases)
    func fuzz(language: SourceLanguage) {
        let seed = UInt64(language.rawValue.utf8.reduce(7) { $0 &* 31 &+ Int($1) })
        var random = SeededGenerator(seed: seed)
        for _ in 0..<150 {
            let bytes = Self.mutated(using: &random)
            let file = SourceFile(path: "x", bytes: bytes, language: language)
            var position = 0
            for token in file.tokens {
                #expect(token.range.lowerBound >= position && !token.range.isEmpty, "seed \(seed)")
                #expect(Self.isTrivia(bytes[position..<token.range.lowerBound]), "seed \(seed): \(bytes)")
                #expect(token.line == file.line(ofByte: token.range.lowerBound), "seed \(seed): \(bytes)")
                position = token.range.upperBound
            }
            #expect(Self.isTrivia(bytes[position...]), "seed \(seed): \(bytes)")
            for (index, statement) in file.statements.enumerated() {
                #expect(statement.extent.lowerBound == statement.head.lowerBound, "seed \(seed)")
                #expect(statement.extent.upperBound >= statement.head.upperBound, "seed \(seed): \(bytes)")
                #expect(statement.extent.upperBound <= file.code.count, "seed \(seed)")
                if let parent = statement.parent { #expect(parent < index, "seed \(seed)") }
            }
        }
    }

    /// Snippets of all languages with bytes taken out, put in and repeated.
    private static func mutated(using random: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<random.below(6) { bytes += snippets[random.below(snippets.count)].utf8 }
        for _ in 0..<random.below(8) where !bytes.isEmpty {
            let place = random.below(bytes.count)
            switch random.below(4) {
            case 0: bytes.remove(at: place)
            case 1: bytes.insert(UInt8(truncatingIfNeeded: random.below(256)), at: place)
            case 2: bytes.insert(interesting[random.below(interesting.count)], at: place)
            default: bytes.insert(contentsOf: bytes[place..<min(place + 9, bytes.count)], at: place)
            }
        }
        return bytes
    }

    private static func isTrivia(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy { " \t\u{0B}\u{0C}\r\n\\".utf8.contains($0) }
    }

    private static let interesting = Array("\"'`#/*\\(){}[]<>\n\r:;$%\t".utf8)
    private static let snippets = [
        "def f(a, *b):\n\tif a: return b[1:-1]\n\telse:\n\t\tpass\n", "x = f'''{a!r:>{w}}''' if y else lambda: 0\n",
        "func f<T>(_ x: [T]) -> T? { guard let y = x.first else { return nil }; return y }\n",
        "let s = #\"a\\#(b)\"# + \"\\(c[\"d\"])\"\n", "#define M(a) \\\n  ((a) + 1)\nint main(void){for(;;)break;}\n",
        "if (a) b(); else if (c) { d(); } else e();\n", "const r = x => ({a: /b[/]/g, ...c}), t = `${u}`;\n",
        "fn f<'a>(x: &'a str) -> Vec<Vec<u8>> { match x { \"a\" => r#\"b\"#.into(), _ => vec![] } }\n",
        "switch x {\ncase 1, 2:\n\tfallthrough\ndefault:\n\tgo func() { c <- 1 }()\n}\n",
        "Map<String, List<int[]>> m = new HashMap<>() {{ put(1, null); }};\n", "/* a /* b */ c */ 'x' 'long\n",
    ]
}
