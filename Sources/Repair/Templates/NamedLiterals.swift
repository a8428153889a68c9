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
            let isInWord = previous.isLetter || Self.isDigit(previous)
            var taken = rest.prefix(1)
            if Self.isDigit(character), !isInWord, !"_.,:".contains(previous) {
                taken = rest.prefix { $0.isLetter || Self.isDigit($0) || "_.,:".contains($0) }
                if let number = Self.number(in: taken) { note(number, in: \.numbers) }
            } else if let closing = Self.quotes[character], !isInWord, let end = Self.end(of: rest, closing) {
                taken = rest[...end]
                if let string = Self.string(in: taken) { note(string, in: \.strings) }
            }
            previous = taken.last ?? character
            rest = rest[taken.endIndex...]
        }
    }

    private mutating func note(_ literal: String, in list: WritableKeyPath<Self, [String]>) {
        guard self[keyPath: list].count < Self.most, !self[keyPath: list].contains(literal) else { return }
        self[keyPath: list].append(literal)
    }

    /// A decimal or hexadecimal number that every language writes so: no version, range, time, or number with separators.
    private static func number(in word: Substring) -> String? {
        var number = word
        while let last = number.last, ".,:".contains(last) { number = number.dropLast() }
        guard !word.hasPrefix(number + "..") else { return number.allSatisfy(isDigit) ? String(number) : nil }
        if number.hasPrefix("0x"), number.count > 2 {
            return number.dropFirst(2).allSatisfy { $0.isASCII && $0.isHexDigit } ? String(number) : nil
        }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }),
            parts[0].count == 1 || !parts[0].hasPrefix("0")
        else { return nil }
        return String(number)
    }

    /// Where a quotation ends: on its line, and soon.
    private static func end(of quotation: Substring, _ closing: Character) -> Substring.Index? {
        let body = quotation.dropFirst().prefix(200)
        guard let end = body.firstIndex(where: { $0 == closing || $0.isNewline }), body[end] == closing else {
            return nil
        }
        return end
    }

    /// What a quotation holds, where no language needs an escape for it.
    private static func string(in quotation: Substring) -> String? {
        let body = quotation.dropFirst().dropLast()
        let isPlain = body.allSatisfy { !"\"'`\\“”".contains($0) }
        return isPlain && 1...longestString ~= body.count ? String(body) : nil
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}
