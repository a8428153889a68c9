import Testing

@testable import LanguageModels

@Suite("Whole lines")
struct WholeLinesTests {
    private static func cut(_ lines: WholeLines, _ text: String, pieces: Int, _ ending: TextEvent.Ending) -> (
        String, TextEvent.Ending
    ) {
        var lines = lines
        var output = ""
        var rest = text[...]
        while !rest.isEmpty {
            output += lines.append(String(rest.prefix(pieces)))
            rest = rest.dropFirst(pieces)
        }
        let (last, ending) = lines.finish(ending)
        return (output + last, ending)
    }

    @Test("a text ends before the line that follows the gap, in whatever pieces it comes", arguments: 1...7)
    func end(_ pieces: Int) {
        let lines = WholeLines(end: "    return x")
        #expect(
            Self.cut(lines, "    x += 1\n    return xy\n    return x\nmore\n", pieces: pieces, .endOfText) == (
                "    x += 1\n    return xy\n", .stop
            ))
        #expect(Self.cut(lines, "    return x\n", pieces: pieces, .endOfText) == ("", .stop))
        #expect(Self.cut(lines, "a\n    return x", pieces: pieces, .endOfText) == ("a\n", .stop))
    }

    @Test("what a line begins with is part of it, and of the line that ends the text", arguments: 1...4)
    func opening(_ pieces: Int) {
        let lines = WholeLines(opening: "    return", end: "    return x", limit: 3)
        #expect(
            Self.cut(lines, " x + 1\nmore\n", pieces: pieces, .endOfText) == ("    return x + 1\nmore\n", .endOfText))
        #expect(Self.cut(lines, " x\nmore\n", pieces: pieces, .endOfText) == ("", .stop))
        #expect(Self.cut(lines, "", pieces: pieces, .endOfText) == ("    return\n", .endOfText))
    }

    @Test("no more lines than wanted come through")
    func limit() {
        #expect(Self.cut(WholeLines(limit: 2), "a\nb\nc\nd\n", pieces: 3, .endOfText) == ("a\nb\n", .length))
        #expect(Self.cut(WholeLines(limit: 2), "a\nb\n", pieces: 3, .endOfText) == ("a\nb\n", .endOfText))
    }

    @Test("a last line without its break is whole when the model ended there, and is dropped when it was cut off")
    func lastLine() {
        #expect(Self.cut(WholeLines(), "a\nb", pieces: 2, .endOfText) == ("a\nb\n", .endOfText))
        #expect(Self.cut(WholeLines(), "a\nb", pieces: 2, .length) == ("a\n", .length))
        #expect(Self.cut(WholeLines(), "a\r\nb\r\n", pieces: 1, .stop) == ("a\r\nb\r\n", .stop))
        #expect(Self.cut(WholeLines(), "", pieces: 2, .endOfText) == ("", .endOfText))
    }
}
