import Glibc
import Testing

@testable import Git

@Suite("Folders")
struct DirectoryTests {
    @Test("a tree of 1,500 levels, some of them closed, is removed with few descriptors")
    func deep() throws {
        var template = Array("/tmp/fettle-git-deep-XXXXXX".utf8CString)
        let base = try #require(
            template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) }.map { String(cString: $0) })
        var folder = open(base, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        for level in 0..<1500 {
            mkdirat(folder, "a-folder-with-a-long-name", 0o755)
            // In the way of what is moved up.
            mkdirat(folder, "removed-\(level)", 0o755)
            let next = openat(folder, "a-folder-with-a-long-name", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            mkfifoat(next, "pipe", 0o600)
            if level % 100 == 0 { fchmod(folder, level == 0 ? 0o700 : 0) }
            close(folder)
            folder = next
        }
        close(folder)
        try removeTree(at: base)
        #expect(access(base, F_OK) != 0)
    }
}
