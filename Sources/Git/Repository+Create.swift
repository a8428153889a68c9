import CLibGit2

extension Repository {
    /// Makes a folder of files a repository without a commit, as `git init` does: what a run needs to take a snapshot.
    package static func create(at path: String) throws(GitError) -> Repository {
        try LibGit2.start()
        var options = git_repository_init_options()
        git_repository_init_options_init(&options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION))
        options.flags = GIT_REPOSITORY_INIT_NO_REINIT.rawValue
        _ = try Handle("cannot create a repository in \(path)", freedBy: git_repository_free) {
            git_repository_init_ext(&$0, path, &options)
        }
        return try discover(at: path)
    }
}
