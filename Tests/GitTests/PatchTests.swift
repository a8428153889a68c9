import Foundation
import Testing

@testable import Git

@Suite("Patches")
struct PatchTests {
    private static let simple = """
        From: someone
        Subject: [PATCH] text before is passed over

        diff --git a/src/a.c b/src/a.c
        index 1111111..2222222 100644
        --- a/src/a.c
        +++ b/src/a.c
        @@ -1,3 +1,4 @@ int main(void)
         one
        -two
        +zwei
        +drei

        @@ -10 +11 @@
        -ten
        +zehn
        \\ No newline at end of file
        diff --git a/old name b/new name
        similarity index 90%
        rename from old name
        rename to new name
        diff --git "a/\\303\\244" "b/\\303\\244"
        old mode 100644
        new mode 100755
        -- 
        2.39.5

        """

    @Test("files, kinds, lines and hunks are read")
    func files() throws {
        let patch = try Patch(parsing: Array(Self.simple.utf8))
        #expect(patch.files.map(\.path) == ["src/a.c", "new name", "ä"])
        #expect(patch.files.map(\.change) == [.modified, .renamed(similarity: 90), .modified])
        let file = patch.files[0]
        #expect((file.addedLines, file.removedLines) == (3, 2))
        #expect(file.hunks.map(\.oldStart) == [1, 10])
        #expect(file.hunks[0].lines.map(\.text) == ["one", "two", "zwei", "drei", ""])
        #expect(file.hunks[1].lines.map(\.bytes.last) == [0x0a, UInt8(ascii: "n")])
        #expect(patch.files[2].newMode == .executable)
    }

    @Test("a plain `diff -u` is read, dates and all")
    func plain() throws {
        let text = """
            --- a/x.py\t2024-01-01 00:00:00
            +++ b/x.py\t2024-01-02 00:00:00
            @@ -1 +1 @@
            -a
            +b
            --- /dev/null
            +++ b/new file\t1970
            @@ -0,0 +1 @@
            +x
            """
        let patch = try Patch(parsing: Array(text.utf8))
        #expect(patch.files.map(\.path) == ["x.py", "new file"])
        #expect(patch.files.map(\.change) == [.modified, .added])
        #expect(patch.files[1].hunks[0].lines.map(\.bytes) == [Array("x\n".utf8)])
    }

    @Test("keeping some hunks moves the later ones, and survives JSON")
    func keeping() throws {
        let patch = try Patch(parsing: Array(Self.simple.utf8))
        let second = patch.keeping { file, hunk in file == 0 && hunk == 1 }
        #expect(second.files.map(\.path) == ["src/a.c"])
        #expect(second.files[0].hunks[0].newStart == 10)
        #expect(try Patch(parsing: second.bytes).files == second.files)
        let decoded = try JSONDecoder().decode(Patch.self, from: JSONEncoder().encode(patch))
        #expect(decoded == patch)
    }

    @Test(
        "a broken patch is one line that names the line",
        arguments: [
            ("@@ -1 +1 @@\n-a\n+b\n", "line 1 of the patch: a hunk before any file"),
            ("--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n-a\n+b\n", "line 6 of the patch: the hunk ends early"),
            (
                "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n*b\n",
                "line 5 of the patch: a line of a hunk begins with a space, `+`, `-` or `\\`"
            ),
            (
                "--- a/x\n+++ b/x\n@@ -1 +99999999999 @@\n-a\n",
                "line 3 of the patch: expected `@@ -line,count +line,count @@`"
            ),
            (
                "--- a/x\n+++ b/x\n@@ -5 +5 @@\n-a\n+b\n@@ -1 +1 @@\n-a\n+b\n",
                "line 9 of the patch: hunks overlap or are out of order"
            ),
            ("--- a/x\n+++ b/x\n", "line 3 of the patch: expected a hunk, `@@ -line,count +line,count @@`"),
            (
                "diff --git a/x b/x\nBinary files a/x and b/x differ\n",
                "line 2 of the patch: a binary file without its content; make the patch with `git diff --binary`"
            ),
            (
                "diff --git a/x b/x\nold mode 100644\nnew mode 160000\n",
                "line 3 of the patch: a change of a submodule, which Fettle does not apply"
            ),
            ("diff --git a/x b/x\n", "line 1 of the patch: nothing happens to x"),
        ])
    func malformed(text: String, message: String) {
        #expect { _ = try Patch(parsing: Array(text.utf8)) } throws: { error in
            (error as? GitError)?.code == .malformedPatch && "\(error)" == message
        }
    }

    @Test(
        "a path that leaves the tree or enters .git is refused",
        arguments: [
            "/etc/passwd", "../x", "a/../../x", ".git/config", "a/.GIT/hooks/x", ".git", "a//b", "./a", "git~1/x",
            ".git./x",
            ".git /config",
        ])
    func unsafe(path: String) {
        let hunk = "@@ -0,0 +1 @@\n+x\n"
        for text in [
            "--- /dev/null\n+++ b/\(path)\n\(hunk)", "--- a/\(path)\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n",
            "diff --git a/\(path) b/\(path)\nnew file mode 100644\n--- /dev/null\n+++ b/\(path)\n\(hunk)",
            "diff --git \"a/\(path)\" \"b/\(path)\"\nold mode 100644\nnew mode 100755\n",
            "diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to \(path)\n",
            "diff --git a/x b/y\nsimilarity index 100%\ncopy from \(path)\ncopy to y\n",
        ] {
            #expect { _ = try Patch(parsing: Array(text.utf8)) } throws: { ($0 as? GitError)?.code == .unsafePath }
        }
    }

    @Test("a patch that makes a link and writes through it is refused")
    func throughLink() {
        let text = """
            diff --git a/link b/link
            new file mode 120000
            --- /dev/null
            +++ b/link
            @@ -0,0 +1 @@
            +/etc
            \\ No newline at end of file
            diff --git a/link/x b/link/x
            new file mode 100644
            --- /dev/null
            +++ b/link/x
            @@ -0,0 +1 @@
            +x

            """
        #expect { _ = try Patch(parsing: Array(text.utf8)) } throws: { ($0 as? GitError)?.code == .unsafePath }
    }

    @Test("any name survives quoting", arguments: 0..<200 as Range<UInt64>)
    func quoting(seed: UInt64) {
        var random = SeededGenerator(seed)
        let name = (0..<Int.random(in: 1...12, using: &random)).map { _ in UInt8.random(in: 1...255, using: &random) }
        #expect(TreePath.unquote(TreePath.quote(name)[...])?.bytes == name, "seed \(seed)")
    }

    @Test("random damage to a patch never does worse than throw", arguments: 0..<8 as Range<UInt64>)
    func fuzz(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let binary = """
            diff --git a/b.bin b/b.bin
            index 735a95829dd77133742c0416d45e0e0de7153ef6..bc7544e6d7d53b4ded3e69c8f00dc13b09176a21 100644
            GIT binary patch
            literal 8
            PcmYdHVn|M9WMT#Y2}=Qz

            literal 5
            McmYdHVn|K_00f)?ivR!s


            """
        let source = Array((Self.simple + binary).utf8)
        let lines = source.linesWithBreaks.map(Array.init)
        var kept = 0
        for _ in 0..<150 {
            var damaged = lines
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let line = Int.random(in: 0..<damaged.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: damaged.remove(at: line)
                case 1: damaged.insert(damaged[Int.random(in: 0..<damaged.count, using: &random)], at: line)
                case 2: damaged.swapAt(line, Int.random(in: 0..<damaged.count, using: &random))
                case 3:
                    damaged[line] = Array(damaged[line].prefix(Int.random(in: 0...damaged[line].count, using: &random)))
                default:
                    guard let index = damaged[line].indices.randomElement(using: &random) else { continue }
                    damaged[line][index] = UInt8.random(in: 0...255, using: &random)
                }
                if damaged.isEmpty { damaged = lines }
            }
            do throws(GitError) {
                let patch = try Patch(parsing: Array(damaged.joined()))
                // What is accepted is safe to name, and can be written out and read again.
                #expect(patch.files.allSatisfy { $0.path.danger == nil && $0.oldPath.danger == nil }, "seed \(seed)")
                _ = try Patch(parsing: Patch(files: patch.files).bytes)
                for file in patch.files {
                    if case .binary(let change) = file.content {
                        _ = try? change.apply(to: Array("ab\0cd".utf8), named: nil)
                    }
                    _ = try? HunkApplication.apply(file.hunks, to: Array("one\ntwo\n".utf8))
                }
                kept += 1
            } catch {
                #expect([.malformedPatch, .unsafePath].contains(error.code), "seed \(seed): \(error)")
                #expect(!"\(error)".contains("\n"))
            }
        }
        #expect(kept > 5, "seed \(seed): nearly every mutation was refused, so few were tried in full")
    }
}
