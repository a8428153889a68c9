/// The two values of a comparison that did not hold, read from a framework's message.
struct Comparison: Hashable {
    var expected: String
    var actual: String

    private static let operators = [" == ", " != ", " <= ", " >= ", " === ", " !== ", " < ", " > "]

    /// Swift Testing: `(add(1, 2) → -1) == 3`, `x → nil`, `(list → [1, 2]).contains(3)`.
    init?(expectation text: String) {
        for sign in Self.operators {
            guard let (left, right) = Self.split(text, at: sign) else { continue }
            actual = Self.value(left)
            let value = Self.value(right)
            expected = sign == " == " ? value : sign.dropFirst() + value
            return
        }
        guard let arrow = text.range(of: " → "), !text.hasPrefix("(") else { return nil }
        actual = String(text[arrow.upperBound...])
        switch actual {
        case "nil": expected = "a value"
        case "false": expected = "true"
        default: return nil
        }
    }

    /// XCTest: `XCTAssertEqual failed: ("-1") is not equal to ("3")`, and the same for less, greater and nil.
    init?(xctest message: String) {
        guard let start = message.range(of: " failed: (\""),
            let middle = message.range(of: "\") is "),
            let opening = message.range(of: " (\"", from: middle.upperBound),
            start.upperBound <= middle.lowerBound,
            let end = message.range(of: "\")", from: opening.upperBound)
        else { return nil }
        actual = String(message[start.upperBound..<middle.lowerBound])
        let value = String(message[opening.upperBound..<end.lowerBound])
        let relation = message[middle.upperBound..<opening.lowerBound]
        let signs = [
            "not less than": "< ", "not greater than": "> ", "greater than": "<= ", "less than": ">= ",
            "equal to": "!= ", "not less than or equal to": "<= ", "not greater than or equal to": ">= ",
        ]
        expected = (signs[String(relation)] ?? "") + value
    }

    /// Splits at an operator that stands outside of brackets and quotes.
    private static func split(_ text: String, at sign: String) -> (Substring, Substring)? {
        var depth = 0
        var quoted = false
        var index = text.startIndex
        while index < text.endIndex {
            let character = text[index]
            if character == "\"" { quoted.toggle() }
            if !quoted {
                if "([{".contains(character) { depth += 1 }
                if ")]}".contains(character) { depth -= 1 }
                if depth == 0, text[index...].hasPrefix(sign) {
                    return (text[..<index], text[index...].dropFirst(sign.count))
                }
            }
            index = text.index(after: index)
        }
        return nil
    }

    /// `(expression → value)` is its value; anything else is a literal.
    private static func value(_ side: Substring) -> String {
        guard side.hasPrefix("("), side.hasSuffix(")"), let arrow = side.firstRange(of: " → ") else {
            return String(side)
        }
        return String(side[arrow.upperBound...].dropLast())
    }
}

extension String {
    func range(of text: String, from start: Index? = nil) -> Range<Index>? {
        self[(start ?? startIndex)...].firstRange(of: text)
    }
}
