import Editing
import Testing

@Suite("File edits")
struct FileEditTests {
    private func edit(_ range: Range<Int>, _ text: String, path: String = "a.txt") -> FileEdit {
        FileEdit(path: path, range: range, replacement: text)
    }

    @Test("edits in any order refer to the base")
    func order() throws {
        let edited = try FileEdit.apply(
            [edit(4..<5, "X"), edit(0..<1, ""), edit(2..<2, "é")], to: Array("abcdef".utf8))
        #expect(String(decoding: edited, as: UTF8.self) == "bécdXf")
    }

    @Test("insertions at one place keep their order")
    func insertions() throws {
        let edited = try FileEdit.apply([edit(1..<1, "1"), edit(1..<1, "2")], to: Array("ab".utf8))
        #expect(edited == Array("a12b".utf8))
    }

    @Test("an edit may begin where another ends")
    func adjacent() throws {
        #expect(try FileEdit.apply([edit(1..<2, "y"), edit(0..<1, "x")], to: Array("ab".utf8)) == Array("xy".utf8))
    }

    @Test("overlapping edits are refused")
    func overlap() {
        #expect { try FileEdit.apply([edit(0..<3, ""), edit(2..<4, "")], to: Array("abcdef".utf8)) } throws: {
            ($0 as? EditingError)?.code == .overlappingEdits
        }
    }

    @Test("an edit beyond the file is refused")
    func beyond() {
        #expect { try FileEdit.apply([edit(5..<9, "")], to: Array("abcdef".utf8)) } throws: {
            ($0 as? EditingError)?.code == .editOutOfRange
        }
    }

    @Test("edits of two files are refused")
    func twoFiles() {
        #expect { try FileEdit.apply([edit(0..<1, ""), edit(2..<3, "", path: "b.txt")], to: [1, 2, 3]) } throws: {
            ($0 as? EditingError)?.code == .editsOfSeveralFiles
        }
    }

    @Test("no edit leaves the bytes as they are, whatever they are")
    func none() throws {
        #expect(try FileEdit.apply([], to: [0xFF, 0x00]) == [0xFF, 0x00])
    }
}
