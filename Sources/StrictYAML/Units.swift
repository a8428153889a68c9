extension Duration {
    /// Reads `30`, `1.5`, `250ms`, `90s`, `2m` or `1h`; nil for anything else, negative and infinite values included.
    package init?(configuration text: String) {
        let units: [(suffix: String, seconds: Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]
        let unit = units.first { text.hasSuffix($0.suffix) } ?? ("", 1)
        guard let number = Double(text.dropLast(unit.suffix.count)), number >= 0, number < 1e9 else { return nil }
        self = .milliseconds(Int64((number * unit.seconds * 1000).rounded()))
    }
}

extension Int {
    /// Reads `4096`, `64K`, `512M` or `2G` in powers of 1,024; nil for anything else, and where it would overflow.
    package init?(configurationBytes text: String) {
        let shifts: [(suffix: String, shift: Int)] = [("K", 10), ("M", 20), ("G", 30), ("T", 40)]
        let unit = shifts.first { text.hasSuffix($0.suffix) } ?? ("", 0)
        guard let number = Int(text.dropLast(unit.suffix.count)), number >= 0 else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: 1 << unit.shift)
        guard !overflow else { return nil }
        self = product
    }
}
