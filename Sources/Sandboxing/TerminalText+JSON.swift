extension TerminalText {
    /// JSON that says the same and that a terminal would not obey: what is not harmless comes as `\u` escapes.
    ///
    /// An encoder escapes the control characters of ASCII only. What remains (C1 controls, direction marks) can stand
    /// nowhere in valid JSON but inside strings, where an escape means the same.
    package static func harmlessJSON(_ json: some Collection<UInt8>) -> [UInt8] {
        // Nearly always there is nothing to do.
        guard json.contains(where: { $0 >= 0x7F }) else { return Array(json) }
        var result: [UInt8] = []
        for scalar in String(decoding: json, as: UTF8.self).unicodeScalars {
            if scalar.value < 0x7F || isHarmless(scalar) {
                result += Array(String(scalar).utf8)
            } else {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    result += Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
                }
            }
        }
        return result
    }
}
