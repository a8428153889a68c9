import CLauncher
import Glibc

/// Removes folders that programs have filled: however deep, whatever the permissions and names, never through a link.
package enum TreeRemoval {
    /// Removes `path` and all below it. Returns why something of it stays; nil when all is gone.
    ///
    /// Goes by descriptors, each opened from the one above without following links, so that no path grows too long and
    /// none leads elsewhere; and keeps only a few open at a time, so that no depth is too great.
    package static func remove(_ path: String) -> String? {
        let failure = fettle_remove_tree(path)
        return failure == 0 ? nil : "\(path) cannot be removed: \(String(cString: strerror(failure)))"
    }
}
