/// Why a sandbox cannot be had, in one line: what, where, what to do.
package struct SandboxError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable, Codable {
        /// A program that the sandbox is made of is not there.
        case notInstalled
        /// A profile cannot be found or used.
        case profile
        /// This machine does not grant what the profile requires.
        case guarantee
        /// A command makes no sense: a path that leads out, a name that is none.
        case command
        /// The machinery failed: descriptors, threads, the state directory.
        case machinery
    }

    package let code: Code
    package let message: String
    package let cause: String?

    package init(_ code: Code, _ message: String, cause: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String { cause.map { "\(message): \($0)" } ?? message }
}
