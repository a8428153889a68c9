/// One path of the host that is seen inside, where, and with which rights.
package struct Mount: Sendable, Hashable {
    package enum Access: Sendable, Hashable {
        case readOnly
        /// Read-only, and read as the sandbox's user whoever owns it: for folders of the user that others cannot enter.
        case readOnlyAsOwner
        /// The sandbox's user counts as its owner; whatever it writes belongs to the owner outside.
        case writable
    }

    package let source: String
    package let target: String
    package let access: Access

    package init(_ source: String, at target: String? = nil, _ access: Access = .readOnly) {
        self.source = source
        self.target = target ?? source
        self.access = access
    }
}
