/// Why a toolchain could not do what was asked. What tests and builds do wrong is never an error but a report.
package struct ToolchainError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// Nothing in the repository says how it is tested.
        case noTestsFound
        /// `.fettle.yml` or `--test` cannot be used.
        case badSettings
        /// The sandbox refused or failed.
        case sandbox
        /// A file of this run could not be read or written.
        case files
        /// The toolchain lacks the capability that was asked for.
        case unsupported
    }

    package let code: Code
    /// One line: what, where, what to do.
    package let message: String
    package let underlying: (any Error)?

    package init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    package var description: String {
        underlying.map { "\(message): \($0)" } ?? message
    }
}
