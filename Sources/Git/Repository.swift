import CLibGit2
import Glibc

/// A git repository of the user's. Fettle only reads it, save for `apply` and `commit`.
///
///     let repository = try Repository.discover(at: ".")
///     print(try repository.head())
///
/// A value: each operation opens the repository anew, so it sees the state of that moment and may run on any thread.
package struct Repository: Sendable, Hashable {
    /// The repository's own folder: `.git`, or the linked worktree's part of it.
    package let gitDirectory: String
    /// Where objects and branches are: `gitDirectory`, save in a linked worktree.
    package let commonDirectory: String
    /// The root of the checkout; nil when the repository is bare.
    package let workingDirectory: String?

    init(of handle: borrowing Handle) throws(GitError) {
        guard let gitDirectory = git_repository_path(handle.pointer).map({ String(cString: $0) }),
            let commonDirectory = git_repository_commondir(handle.pointer).map({ String(cString: $0) })
        else { throw GitError(.library, "the repository has no folder") }
        self.gitDirectory = gitDirectory.withoutTrailingSlash
        self.commonDirectory = commonDirectory.withoutTrailingSlash
        workingDirectory = git_repository_workdir(handle.pointer).map { String(cString: $0).withoutTrailingSlash }
    }

    /// Finds the repository that `path`, a folder or a file, lies in.
    package static func discover(at path: String) throws(GitError) -> Repository {
        try LibGit2.start()
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw GitError(.pathNotFound, "\(path) does not exist") }
            throw .system("cannot look at \(path)")
        }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        let folder = isFolder ? path : path.parentFolder
        return try Repository(of: open(folder, flags: 0))
    }

    /// What HEAD points at.
    package func head() throws(GitError) -> Head {
        let repository = try open()
        if git_repository_head_unborn(repository.pointer) == 1 {
            let head = try Handle("cannot read HEAD", freedBy: git_reference_free) {
                git_reference_lookup(&$0, repository.pointer, "HEAD")
            }
            let target = git_reference_symbolic_target(head.pointer).map { String(cString: $0) } ?? "HEAD"
            return .unborn(branch: target.withoutPrefix("refs/heads/"))
        }
        let head = try Handle("cannot read HEAD of \(gitDirectory)", freedBy: git_reference_free) {
            git_repository_head(&$0, repository.pointer)
        }
        guard let target = git_reference_target(head.pointer) else {
            throw GitError(.library, "HEAD of \(gitDirectory) points nowhere")
        }
        let commit = ObjectID(target.pointee)
        guard git_repository_head_detached(repository.pointer) == 0, let name = git_reference_shorthand(head.pointer)
        else { return .detached(commit) }
        return .branch(String(cString: name), commit)
    }

    /// Opens the repository by its own folder or, where that does not know its checkout, by the checkout.
    func open() throws(GitError) -> Handle {
        let flags = GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue
        let handle = try Self.open(gitDirectory, flags: flags)
        let found = git_repository_workdir(handle.pointer).map { String(cString: $0).withoutTrailingSlash }
        guard let workingDirectory, found != workingDirectory else { return handle }
        return try Self.open(workingDirectory, flags: flags)
    }

    static func open(_ path: String, flags: UInt32) throws(GitError) -> Handle {
        do {
            return try Handle("cannot open \(path)", freedBy: git_repository_free) {
                git_repository_open_ext(&$0, path, flags, nil)
            }
        } catch {
            let cause = error.underlying ?? ""
            if cause.contains("unsupported extension") || cause.contains("unsupported repository version") {
                throw GitError(
                    .unsupportedRepository, "\(path) is a repository that libgit2 cannot read", underlying: cause)
            }
            if cause.contains("could not find repository") {
                throw GitError(
                    .notARepository,
                    "\(path) is not in a git repository; name one, or make one with `git init` and a first commit")
            }
            throw error
        }
    }

    /// The folders that the repository reads objects from: its own and, transitively, those it borrows from.
    func objectDirectories() throws(GitError) -> [String] {
        var found: [String] = []
        var waiting = [commonDirectory + "/objects"]
        while let next = waiting.popLast() {
            guard let real = realpath(next, nil) else { continue }
            defer { free(real) }
            let path = String(cString: real)
            guard !found.contains(path) else { continue }
            found.append(path)
            let info = try Directory(path: path)
            guard let folder = try info.subdirectory(Array("info".utf8)),
                let status = try folder.status(Array("alternates".utf8))
            else { continue }
            let lines = try folder.content(Array("alternates".utf8), status).split(separator: UInt8(ascii: "\n"))
            for line in lines where line.first != UInt8(ascii: "#") {
                let bytes = TreePath.unquote(line)?.bytes ?? Array(line)
                let alternate = String(decoding: bytes, as: UTF8.self)
                waiting.append(alternate.hasPrefix("/") ? alternate : path + "/" + alternate)
            }
        }
        return found
    }
}

/// What HEAD points at.
package enum Head: Sendable, Hashable, Codable {
    case branch(String, ObjectID)
    case detached(ObjectID)
    /// A branch that has no commit yet.
    case unborn(branch: String)

    /// Nil while the branch is unborn.
    package var commit: ObjectID? {
        switch self {
        case .branch(_, let commit), .detached(let commit): commit
        case .unborn: nil
        }
    }
}

extension String {
    var withoutTrailingSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }

    func withoutPrefix(_ prefix: String) -> String { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self }

    var parentFolder: String {
        guard let slash = lastIndex(of: "/") else { return "." }
        return slash == startIndex ? "/" : String(self[..<slash])
    }
}
