import CLibGit2

/// Who made a commit.
package struct Identity: Sendable, Hashable, Codable, CustomStringConvertible {
    package let name: String
    package let email: String

    package init(name: String, email: String) {
        self.name = name
        self.email = email
    }

    package var description: String { "\(name) <\(email)>" }
}

/// A commit about to be written.
struct Commit {
    let tree: ObjectID
    let parents: [ObjectID]
    let author: Identity
    /// Since 1970; nil for now.
    let seconds: Int64?
    let message: String
}

/// Writes a commit object. No reference moves.
func writeCommit(_ commit: Commit, in repository: borrowing Handle) throws(GitError) -> ObjectID {
    let repository = repository.pointer
    var signature: UnsafeMutablePointer<git_signature>?
    try LibGit2.check(
        commit.seconds.map { git_signature_new(&signature, commit.author.name, commit.author.email, $0, 0) }
            ?? git_signature_now(&signature, commit.author.name, commit.author.email),
        "\(commit.author) is not a usable author; give a name and an address")
    defer { git_signature_free(signature) }

    var oid = commit.tree.oid
    let tree = try Handle("cannot read tree \(commit.tree)", freedBy: git_tree_free) {
        git_tree_lookup(&$0, repository, &oid)
    }
    var parents: [OpaquePointer?] = []
    defer { parents.forEach(git_commit_free) }
    for parent in commit.parents {
        var oid = parent.oid
        var pointer: OpaquePointer?
        try LibGit2.check(git_commit_lookup(&pointer, repository, &oid), "cannot read commit \(parent)")
        parents.append(pointer)
    }
    var written = git_oid()
    try LibGit2.check(
        parents.withUnsafeMutableBufferPointer {
            git_commit_create(
                &written, repository, nil, signature, signature, nil, commit.message, tree.pointer, $0.count,
                $0.baseAddress)
        },
        "cannot write a commit")
    return ObjectID(written)
}

/// The tree that a commit holds.
func treeOfCommit(_ id: ObjectID, in repository: borrowing Handle) throws(GitError) -> ObjectID {
    var oid = id.oid
    let commit = try Handle("cannot read commit \(id)", freedBy: git_commit_free) { [repository = repository.pointer] in
        git_commit_lookup(&$0, repository, &oid)
    }
    guard let tree = git_commit_tree_id(commit.pointer) else {
        throw GitError(.library, "commit \(id) has no tree")
    }
    return ObjectID(tree.pointee)
}
