/// One path of the host that is seen inside, where, and with which rights.
struct Mount: Sendable, Hashable {
    enum Access: Sendable, Hashable {
        case readOnly
        /// Read-only, and read as the sandbox's user whoever owns it: for folders of the user that others cannot enter.
        case readOnlyAsOwner
        /// The sandbox's user counts as its owner; whatever it writes belongs to the owner outside.
        case writable
    }

    let source: String
    let target: String
    let access: Access

    init(_ source: String, at target: String? = nil, _ access: Access = .readOnly) {
        self.source = source
        self.target = target ?? source
        self.access = access
    }
}
