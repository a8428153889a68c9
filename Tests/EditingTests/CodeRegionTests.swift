import Editing
import Testing

@Suite("Code region")
struct CodeRegionTests {
    private static let python = """
        import math


        class Circle:
            \"\"\"Round.\"\"\"

            @property
            def area(self):
                \"\"\"Of the disc,
                not of the rim.\"\"\"
                # As Archimedes has it.
                factor = math.pi

                return factor * (
                    self.radius ** 2
                )

        print(Circle)

        """

    private func region(around line: Int, _ text: String, path: String = "a.py") throws -> CodeRegion {
        CodeRegion(around: line, in: try #require(SourceFile(path: path, bytes: Array(text.utf8))))
    }

    @Test("a function is shown without its indentation, blank lines, comments and docstring")
    func method() throws {
        let region = try region(around: 12, Self.python)
        #expect(
            region.lines.map(\.text) == [
                "def area(self):", "    factor = math.pi", "    return factor * (", "        self.radius ** 2", "    )",
            ])
        #expect(region.lines.map(\.number) == [8, 12, 14, 15, 16])
        #expect(region.indentation == "    ")
        #expect(region.index(ofLine: 14) == 2)
        #expect(region.index(ofLine: 11) == nil)
    }

    @Test("outside any function, and on a function's own first line, the file is shown", arguments: [1, 8, 18])
    func file(line: Int) throws {
        let region = try region(around: line, Self.python)
        #expect(region.lines.first?.text == "import math")
        #expect(region.lines.last?.text == "print(Circle)")
        #expect(region.indentation == "")
    }

    @Test("of nested functions the innermost is shown")
    func nested() throws {
        let text = "def outer():\n    def inner(x):\n        y = x\n        return y\n    return inner\n"
        #expect(try region(around: 4, text).lines.map(\.text) == ["def inner(x):", "    y = x", "    return y"])
        #expect(try region(around: 5, text).lines.count == 5)
        #expect(try region(around: 2, text).lines.count == 5)
    }

    @Test("a method of a brace language ends with its brace")
    func braces() throws {
        let text = """
            struct Stack {
              /// Takes the last.
              mutating func pop() -> Int? {
                // Nothing is there.
                guard !items.isEmpty else { return nil }
                return items.removeLast()
              }
            }
            """
        let region = try region(around: 6, text, path: "Stack.swift")
        #expect(
            region.lines.map(\.text) == [
                "mutating func pop() -> Int? {", "  guard !items.isEmpty else { return nil }",
                "  return items.removeLast()", "}",
            ])
    }

    @Test("an empty file, and a line beyond the end, give no lines and the whole file")
    func degenerate() throws {
        #expect(try region(around: 1, "").lines.isEmpty)
        #expect(try region(around: 99, "x = 1\n").lines.map(\.text) == ["x = 1"])
    }
}
