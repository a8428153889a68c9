import Foundation
import Repair
import Testing

@Suite("Files of a slot")
struct SlotFilesTests {
    @Test("a file is written and read, its folders made")
    func roundTrip() throws {
        try withTemporaryFolder { root in
            let files = SlotFiles(root: root)
            try files.write([1, 2, 3], to: "a/b/c.txt")
            #expect(try files.read("a/b/c.txt") == [1, 2, 3])
            try files.write([4], to: "a/b/c.txt")
            #expect(try files.read("a/b/c.txt") == [4])
            #expect(try files.read("a/none") == nil)
            #expect(try files.read("none/none") == nil)
        }
    }

    @Test("a link that a program planted leads nowhere")
    func links() throws {
        try withTemporaryFolder { root in
            let outside = root + "/outside"
            let inside = root + "/inside"
            for folder in [outside, inside] {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            }
            try Data("secret".utf8).write(to: URL(fileURLWithPath: outside + "/file"))
            try FileManager.default.createSymbolicLink(atPath: inside + "/folder", withDestinationPath: outside)
            try FileManager.default.createSymbolicLink(atPath: inside + "/link", withDestinationPath: outside + "/file")
            let files = SlotFiles(root: inside)

            #expect(throws: SlotFileError.self) { try files.write([0], to: "folder/file") }
            #expect(try files.read("link") == nil)
            try files.write([7], to: "link")

            #expect(FileManager.default.contents(atPath: outside + "/file") == Data("secret".utf8))
            #expect(try files.read("link") == [7])
        }
    }

    @Test("a hard link is cut, not written through")
    func hardLinks() throws {
        try withTemporaryFolder { root in
            try FileManager.default.createDirectory(atPath: root + "/in", withIntermediateDirectories: true)
            try Data("secret".utf8).write(to: URL(fileURLWithPath: root + "/file"))
            try FileManager.default.linkItem(atPath: root + "/file", toPath: root + "/in/file")
            try SlotFiles(root: root + "/in").write([7], to: "file")
            #expect(FileManager.default.contents(atPath: root + "/file") == Data("secret".utf8))
        }
    }

    @Test("a path out of the slot is refused", arguments: ["../x", "/etc/x", "a/../../x", "a//x", "./x"])
    func escapes(path: String) throws {
        try withTemporaryFolder { root in
            #expect(throws: SlotFileError.self) { try SlotFiles(root: root).write([0], to: path) }
        }
    }
}

func withTemporaryFolder(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "fettle-repair-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
}
