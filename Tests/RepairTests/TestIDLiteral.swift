import Toolchains

/// Tests write test names as they are.
extension TestID: ExpressibleByStringLiteral {
    public init(stringLiteral name: String) {
        self.init(name)
    }
}
