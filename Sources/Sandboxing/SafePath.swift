/// Names of files as text that is safe to show and still says what they are.
///
/// A name may be any bytes but `/` and NUL. What a terminal would obey, what hides or reorders text and what is no UTF-8
/// comes out as an escape; so does the backslash, so that no name can pretend to be another's rendering.
package enum SafePath {
    /// Why a name is one that people or scripts will misread; nil where it is not.
    static func hazard(_ name: [UInt8]) -> String? {
        guard let text = String(validating: name, as: UTF8.self) else { return "is no UTF-8" }
        for scalar in text.unicodeScalars where scalar == "\n" || scalar == "\t" || !TerminalText.isHarmless(scalar) {
            let number = String(scalar.value, radix: 16, uppercase: true)
            let padded = String(repeating: "0", count: max(0, 4 - number.count)) + number
            return scalar.value < 0xA0 ? "holds the control character U+\(padded)" : "holds the invisible U+\(padded)"
        }
        return nil
    }

    /// A path of at most about `limit` characters: of a longer one the middle is left out.
    static func rendered(_ path: [UInt8], limit: Int = 240) -> String {
        var text = ""
        var rest = path[...]
        while let byte = rest.first {
            // The longest valid character at this place, else one byte as its number.
            let length = (1...4).first { String(validating: rest.prefix($0), as: UTF8.self) != nil && $0 <= rest.count }
            guard let length, let scalar = String(decoding: rest.prefix(length), as: UTF8.self).unicodeScalars.first
            else {
                text += hexadecimal(byte)
                rest = rest.dropFirst()
                continue
            }
            if scalar == "\\" {
                text += "\\\\"
            } else if scalar == "\n" || scalar == "\t" || !TerminalText.isHarmless(scalar) {
                text += scalar.value < 0x80 ? hexadecimal(byte) : "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                text.unicodeScalars.append(scalar)
            }
            rest = rest.dropFirst(length)
        }
        guard text.count > limit else { return text }
        return "\(text.prefix(limit / 2))…\(text.suffix(limit / 2))"
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        "\\x\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))"
    }
}
