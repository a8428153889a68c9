/// The numbers and quoted strings that a report of a fault names: "begins with 0xFFFF" says what should stand there.
package struct NamedLiterals: Sendable {
    /// As written, in the order of the text.
    package private(set) var numbers: [String] = []
    /// Without their quotes.
    package private(set) var strings: [String] = []

    /// More would be a listing, not a hint.
    private static let most = 8
    private static let longestString = 40
    private static let quotes: [Character: Character] = ["\"": "\"", "'": "'", "`": "`", "“": "”"]

    package init(in text: String) {
        var previous: Character = " "
        var rest = text[...]
        while let character = rest.first {
            let taken = Self.number(in: rest, after: previous) ?? Self.string(in: rest, after: previous)
            guard let taken else {
                previous = character
                rest = rest.dropFirst()
                continue
            }
            if Self.quotes[character] == nil {
                note(String(taken), in: \.numbers)
            } else {
                note(String(taken.dropFirst().dropLast()), in: \.strings)
            }
            previous = taken.last ?? " "
            rest = rest.dropFirst(taken.count)
        }
    }

    private mutating func note(_ literal: String, in list: WritableKeyPath<Self, [String]>) {
        guard self[keyPath: list].count < Self.most, !self[keyPath: list].contains(literal) else { return }
        self[keyPath: list].append(literal)
    }

    /// A decimal or hexadecimal number that is no part of a word or of a version such as `1.2.3`.
    private static func number(in text: Substring, after previous: Character) -> Substring? {
        guard isDigit(text.first), !previous.isLetter, !isDigit(previous), !"_.".contains(previous) else { return nil }
        let word = text.prefix { $0.isLetter || isDigit($0) || "_.".contains($0) }
        let number = word.last == "." ? word.dropLast() : word
        let isHexadecimal = number.hasPrefix("0x") && number.count > 2 && number.dropFirst(2).allSatisfy(\.isHexDigit)
        let isDecimal = number.allSatisfy { isDigit($0) || $0 == "." } && number.count { $0 == "." } <= 1
        return isHexadecimal || isDecimal ? number : nil
    }

    /// A quoted string with its quotes, on one line, of characters that need no escape in any language.
    private static func string(in text: Substring, after previous: Character) -> Substring? {
        guard let opening = text.first, let closing = quotes[opening], !previous.isLetter, !isDigit(previous),
            let end = text.dropFirst().firstIndex(where: { $0 == closing || $0.isNewline }), text[end] == closing
        else { return nil }
        let taken = text[...end]
        let isPlain = taken.dropFirst().dropLast().allSatisfy { !"\"'`\\“”".contains($0) }
        return isPlain && taken.count <= longestString ? taken : nil
    }

    private static func isDigit(_ character: Character?) -> Bool {
        character.map { $0.isASCII && $0.isNumber } ?? false
    }
}
