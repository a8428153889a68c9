extension Guarantee: CustomStringConvertible {
    package var isEnforced: Bool { status == .enforced }

    /// One line: name, status, why, and what to do about it.
    package var description: String {
        let remedy = remedy.map { "; to mend: \($0)" } ?? ""
        return switch status {
        case .enforced: "\(name.rawValue): enforced"
        case .partial(let reason): "\(name.rawValue): partial, \(reason)\(remedy)"
        case .missing(let reason): "\(name.rawValue): missing, \(reason)\(remedy)"
        }
    }
}
