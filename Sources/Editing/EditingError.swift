/// What can go wrong while a file is edited.
package struct EditingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A stable name for the kind of failure.
    package enum Code: String, Sendable {
        case overlappingEdits
        case editOutOfRange
        case editsOfSeveralFiles
    }

    package let code: Code
    /// One line for people: what, where, and what to do.
    package let message: String

    package var description: String { message }
}
