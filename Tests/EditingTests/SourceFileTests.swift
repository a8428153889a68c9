import Editing
import Testing

@Suite("Source files")
struct SourceFileTests {
    private func file(_ source: String, _ language: SourceLanguage) -> SourceFile {
        SourceFile(path: "x", bytes: Array(source.utf8), language: language)
    }

    /// Statement heads, indented by depth.
    private func outline(_ file: SourceFile) -> [String] {
        file.statements.indices.map { index in
            String(repeating: "  ", count: file.ancestors(of: index).count - 1)
                + file.text(of: file.statements[index].head)
        }
    }

    @Test("Python statements nest by indentation")
    func python() {
        let source = """
            def f(a,
                  b=(1, 2)):
                if a: return 1; x = 2
                else:
                    y = {1: 2}
                return lambda: 0
            z = 3
            """
        let file = file(source, .python)
        #expect(
            outline(file) == [
                "def f(a,\n      b=(1, 2)):", "  if a:", "    return 1;", "    x = 2", "  else:", "    y = {1: 2}",
                "  return lambda: 0", "z = 3",
            ])
        #expect(file.function(enclosing: 5) == 0)
        #expect(file.siblings(of: 4).previous == 1)
        #expect(file.children(of: 0) == [1, 4, 6])
    }

    @Test("C statements nest by braces, and unbraced bodies belong to their header")
    func c() {
        let source = """
            int f(int *a) {
                for (int i = 0; i < 3; i++)
                    if (a[i]) return i;
                    else a[i] = 1;
                int v[] = {1, 2};
                switch (v[0]) { case 1: break; default: ; }
                do { g(); } while (x);
                return 0;
            }
            """
        let file = file(source, .c)
        #expect(
            outline(file) == [
                "int f(int *a)", "  for (int i = 0; i < 3; i++)", "    if (a[i])", "      return i;", "  else",
                "    a[i] = 1;", "  int v[] = {1, 2};", "  switch (v[0])", "    case 1:", "    break;", "    default:",
                "    ;", "  do", "    g();", "  return 0;",
            ])
        #expect(file.statements[0].isFunction)
    }

    @Test("Swift statements end with their lines unless they go on")
    func swift() {
        let source = """
            func f(xs: [Int]) -> Int {
                guard let x = xs.first,
                    x > 0
                else { return 0 }
                let ys = xs
                    .map { $0 + 1 }
                    .filter { y in y > x }
                if x == 1 { return 1 } else if x == 2 {
                    return ys.count
                }
                return x
            }
            """
        let file = file(source, .swift)
        #expect(
            outline(file) == [
                "func f(xs: [Int]) -> Int", "  guard let x = xs.first,\n        x > 0\n    else", "    return 0",
                "  let ys = xs\n        .map", "    $0 + 1", "    y in y > x", "  if x == 1", "    return 1",
                "  else if x == 2", "    return ys.count", "  return x",
            ])
    }

    @Test("Go's composite literals are no blocks")
    func go() {
        let file = file("func f() {\n\tx := []int{1, 2}\n\tfor _, v := range x {\n\t\tg(v)\n\t}\n}\n", .go)
        #expect(
            outline(file) == ["func f()", "  x := []int{1, 2}", "  for _, v := range x", "    g(v)"])
    }

    @Test("operands of an infix operator reach as far as its binding")
    func operands() throws {
        let file = file("if a + b.c[1] < d * 2 and not e:\n    pass\n", .python)
        let less = try #require(file.text.firstIndex(of: "<"))
        #expect(file.leftOperand(of: less).map(file.text(of:)) == "a + b.c[1]")
        #expect(file.rightOperand(of: less).map(file.text(of:)) == "d * 2")
        let and = try #require(file.text.firstIndex(of: "and"))
        #expect(file.leftOperand(of: and).map(file.text(of:)) == "a + b.c[1] < d * 2")
        #expect(file.rightOperand(of: and).map(file.text(of:)) == "not e")
        #expect(file.condition(of: 0).map(file.text(of:)) == "a + b.c[1] < d * 2 and not e")
    }

    @Test("a minus is infix only behind an operand")
    func minus() {
        let file = file("return -x - -1", .c)
        #expect(file.code.indices.filter { file.binding(of: $0) != nil } == [3])
    }

    @Test("a star is infix only where it multiplies")
    func star() {
        let file = file("char *p = a * b; Node *q;", .c)
        #expect(file.code.indices.filter { file.binding(of: $0) == .multiplicative }.map { file.text[$0 + 1] } == ["b"])
    }

    @Test("names in scope are those of the function, by what they stand for")
    func names() throws {
        let source =
            "import math\ndef f(a, key=None):\n    b = a.size(key=1)\n    self.total = math.floor(b)\ndef g(c):\n    pass\n"
        let file = file(source, .python)
        let token = try #require(file.text.firstIndex(of: "b"))
        #expect(file.variables(around: token).map(\.name).filter { $0 != "math" } == ["a", "b", "self"])
        #expect(file.names(in: file.scope(ofToken: token), roles: [.attribute]).map(\.name) == ["total"])
        #expect(file.names(in: file.scope(ofToken: token), roles: [.method]).map(\.name) == ["size", "floor"])
    }

    @Test("arguments are split at the call's own commas")
    func arguments() throws {
        let file = file("f(a, g(b, c), [d, e])", .javaScript)
        #expect(file.arguments(inBracket: 1).map(file.text(of:)) == ["a", "g(b, c)", "[d, e]"])
    }

    @Test("changes that give the same text have one normal form")
    func normalForm() throws {
        let file = file("def f():\n    a()\n    a()\n    return x  # note\n", .python)
        let form = NormalForm(of: file)
        func change(_ range: Range<Int>, _ text: String) throws -> NormalisedChange {
            try form.change(by: [FileEdit(path: "x", range: range, replacement: text)])
        }
        #expect(try change(9..<17, "") == change(17..<25, ""))
        #expect(try change(37..<45, "").isEmpty == true)
        #expect(try change(9..<13, "      ").isEmpty == false)
        #expect(try change(36..<37, " x  ").isEmpty == true)
    }
}
